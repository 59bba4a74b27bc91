import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, utimesSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { hasFfmpeg } from '../../../src/node/decode/ffmpeg.ts';
import { type Library, openLibrary } from '../../../src/node/package.ts';
import type { Play, StationEvent } from '../../../src/server/watch/station-play.ts';
import { sourceOf } from '../../../src/server/watch/station-source.ts';
import type { WatchConfig } from '../../../src/server/watch/watch-config.ts';
import { Watcher } from '../../../src/server/watch/watcher.ts';
import { signatureOf } from '../../../src/server/watch/webhooks.ts';
import type { Pcm } from '../../../src/types.ts';
import { stretchOf, temporaryFolder } from '../../support/folder.ts';
import { music } from '../../support/music.ts';
import { serveFolder } from '../../support/static-server.ts';
import { type Part, Radio } from './radio.ts';

vi.setConfig({ testTimeout: 240_000 });

const RATE = 11_025;
const folder = temporaryFolder();
const songs = ['Alder', 'Birch', 'Cedar'].map((title, i) => ({ title, sound: music(30, RATE, i + 1) }));
const stranger = music(20, RATE, 77);
const silence = (seconds: number): Pcm => ({ samples: new Float32Array(seconds * RATE), sampleRate: RATE });
const song = (i: number) => stretchOf(songs[i].sound, 0, 20);
const resting = silence(3);

let radio: Radio;
let library: Library;
let count = 0;
beforeAll(async () => {
  radio = await Radio.start();
  library = await openLibrary(folder.at('library'));
  for (const { title, sound } of songs) await library.addFile(folder.sound(`Wood - ${title}.wav`, sound));
});
afterAll(async () => {
  await library.close();
  await radio.stop();
  folder.remove();
});

/** Watches stations until each has sent all, and tells what was heard. */
async function heard(stations: Record<string, Part[][]>, more: Partial<WatchConfig> = {}) {
  const plays: Play[] = [];
  const events: StationEvent[] = [];
  const out = folder.at(`out-${++count}`);
  const names = Object.keys(stations).map((name) => `${name}-${count}`);
  const config: WatchConfig = {
    stations: Object.values(stations).map((parts, i) => {
      return { name: names[i], source: sourceOf(radio.station(names[i], ...parts)) };
    }),
    webhooks: [],
    watchList: [],
    ...more,
  };
  const failures: unknown[] = [];
  const watcher = new Watcher({
    engine: library,
    config,
    folder: out,
    keeps: true,
    told: {
      played: (play) => plays.push(play),
      happened: (event) => events.push(event),
      failed: (e) => failures.push(e),
    },
    // Waiting for another try takes next to no time here.
    wait: (seconds) => new Promise((resolve) => setTimeout(resolve, Math.min(1000 * seconds, 20))),
  });
  watcher.start();
  const isOver = () =>
    names.every((name, i) => (radio.connections.get(`/${name}`) ?? 0) > Object.values(stations)[i].length);
  while (!isOver()) await new Promise((resolve) => setTimeout(resolve, 20));
  await watcher.close();
  expect(failures).toEqual([]);
  const of = (i: number) => plays.filter(({ station }) => station === names[i]).map(({ track }) => track.title);
  return { plays, events, out, of, names };
}

test.runIf(hasFfmpeg())('each play is told once, with its station, and nothing is invented', async () => {
  const { plays, of, out, names } = await heard({
    one: [[song(0), stranger, song(1)]],
    two: [[stranger, song(2), silence(5)]],
  });
  expect([of(0), of(1)]).toEqual([['Alder', 'Birch'], ['Cedar']]);
  // A song that is cut short counts to its end where nothing else is recognised.
  expect(plays.every(({ seconds }) => seconds > 14 && seconds < 31)).toBe(true);
  const dayOf = (play: Play) => play.began.slice(0, 10);
  // Two, if midnight comes meanwhile.
  for (const day of new Set(plays.map(dayOf))) {
    const lines = readFileSync(`${out}/plays-${day}.jsonl`, 'utf8').trim().split('\n');
    const ofDay = plays.filter((play) => dayOf(play) === day);
    expect(lines.map((line) => JSON.parse(line))).toEqual(ofDay);
    expect(readFileSync(`${out}/report-${day}.csv`, 'utf8')).toContain(`Wood,${ofDay[0].track.title},,`);
    const { length } = ofDay;
    const told = length === 1 ? '1 play of 1 song' : `${length} plays of ${length} songs`;
    expect(readFileSync(`${out}/report-${day}.html`, 'utf8')).toContain(told);
  }
  const day = dayOf(plays.find(({ track }) => track.title === 'Cedar')!);
  expect(readFileSync(`${out}/report-${day}.csv`, 'utf8')).toContain(`Wood,Cedar,,${names[1]},1,`);
});

test.runIf(hasFfmpeg())('what is heard is kept as a session of the library, too', async () => {
  const { names } = await heard({ kept: [[song(0)]] });
  const { rows } = await library.sessions.list({ sources: ['stream'] });
  const session = rows.find(({ name }) => name === names[0]);
  expect(session?.stretches.map(({ track }) => track.title)).toEqual(['Alder']);
});

test.runIf(hasFfmpeg())('a stream that dies, stalls, is refused or sends junk is connected again', async () => {
  const { of, events } = await heard(
    {
      dying: [[song(0)], [{ status: 500 }], [song(1), 'stall'], ['junk'], [song(2), 'junk', silence(1)]],
      steady: [[song(1), resting, song(0)]],
    },
    { stallSeconds: 5 },
  );
  expect(of(0)).toEqual(['Alder', 'Birch', 'Cedar']);
  expect(of(1)).toEqual(['Birch', 'Alder']);
  const lost = events.filter((event) => event.event === 'lost' && event.station.startsWith('dying'));
  expect(lost.length).toBeGreaterThanOrEqual(5);
  for (const event of lost) if (event.event === 'lost') expect(event.why).toMatch(/^[A-Zf].*[.)]$/);
});

test.runIf(hasFfmpeg())('a stream that comes back at another rate is heard as before', async () => {
  const fast = music(20, 44_100, 2);
  const { of } = await heard({ changing: [[song(0)], [fast]] });
  expect(of(0)).toEqual(['Alder', 'Birch']);
});

test.runIf(hasFfmpeg())('silence is an alarm, once, and so is its end', async () => {
  const { events } = await heard({ quiet: [[song(0), silence(20), song(1)]] }, { silenceSeconds: 10 });
  const alarms = events.filter(({ event }) => event === 'silent' || event === 'sound');
  expect(alarms.map(({ event }) => event)).toEqual(['silent', 'sound']);
});

test.runIf(hasFfmpeg())('a watched song is told while it plays, to a webhook that can check who sent it', async () => {
  const received: { body: string; signature: string; event: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text) => (body += text));
    request.on('end', () => {
      const { 'entendu-signature': signature, 'entendu-event': event } = request.headers;
      received.push({ body, signature: String(signature), event: String(event) });
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  const secret = 'a secret of some length';
  await heard(
    { watched: [[song(0), song(2)]] },
    { watchList: ['cedar WOOD'], webhooks: [{ address, secret, events: ['watched', 'play'] }] },
  );
  server.close();
  const watched = received.filter(({ event }) => event === 'watched');
  expect(watched).toHaveLength(1);
  expect(JSON.parse(watched[0].body)).toMatchObject({ event: 'watched', track: { title: 'Cedar' } });
  expect(received.filter(({ event }) => event === 'play')).toHaveLength(2);
  for (const { body, signature } of received) {
    const seconds = Number(/^t=(\d+),/.exec(signature)?.[1]);
    expect(signature).toBe(signatureOf(secret, seconds, body));
  }
});

test.runIf(hasFfmpeg())('HLS is heard; a playlist that names a file is refused', async () => {
  const hls = folder.at('hls');
  mkdirSync(hls);
  const words = ['-i', folder.sound('song.wav', song(2)), ...'-c:a aac -hls_time 4 -hls_list_size 0 -f hls'.split(' ')];
  execFileSync('ffmpeg', ['-v', 'error', ...words, folder.at('hls/live.m3u8')]);
  const lines = [
    '#EXTM3U',
    '#EXT-X-TARGETDURATION:9',
    '#EXTINF:9,',
    `file://${folder.at('song.wav')}`,
    '#EXT-X-ENDLIST',
  ];
  folder.write('hls/file.m3u8', lines.join('\n'));
  const served = await serveFolder(hls);
  const plays: Play[] = [];
  const lost: string[] = [];
  const watcher = new Watcher({
    engine: library,
    config: {
      stations: ['live', 'file'].map((name) => ({ name, source: sourceOf(`${served.url}${name}.m3u8`) })),
      ...{ webhooks: [], watchList: [] },
    },
    folder: folder.at('out-hls'),
    keeps: false,
    told: {
      played: (play) => plays.push(play),
      happened: (event) => event.event === 'lost' && lost.push(`${event.station}: ${event.why}`),
      failed: (error) => expect(error).toBeUndefined(),
    },
  });
  watcher.start();
  const isFileLost = () => lost.some((why) => why.startsWith('file: '));
  while (plays.length === 0 || !isFileLost()) await new Promise((resolve) => setTimeout(resolve, 50));
  await watcher.close();
  served.close();
  expect(plays[0]).toMatchObject({ station: 'live', track: { title: 'Cedar' } });
  expect(plays.filter(({ station }) => station === 'file')).toEqual([]);
});

test('recordings that appear in a folder are analysed once', async () => {
  mkdirSync(folder.at('recordings'));
  const path = folder.sound('recordings/evening.wav', song(1));
  utimesSync(path, new Date(), new Date(Date.now() - 60_000));
  const found = async () => {
    const plays: Play[] = [];
    const watcher = new Watcher({
      engine: library,
      config: { stations: [{ name: 'venue', source: sourceOf(folder.at('recordings')) }], webhooks: [], watchList: [] },
      folder: folder.at('out-folder'),
      keeps: false,
      told: { played: (play) => plays.push(play), failed: (error) => expect(error).toBeUndefined() },
    });
    watcher.start();
    for (let i = 0; i < 100 && plays.length === 0; i++) await new Promise((resolve) => setTimeout(resolve, 20));
    await watcher.close();
    return plays;
  };
  expect(await found()).toMatchObject([{ station: 'venue', track: { title: 'Birch' } }]);
  expect(await found()).toEqual([]);
});
