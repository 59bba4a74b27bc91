/** Many stations in one process: each is heard as if it were alone, and none waits for another. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { hasFfmpeg } from '../../../src/node/decode/ffmpeg.ts';
import { ffmpegStream } from '../../../src/node/decode/ffmpeg-stream.ts';
import { type Library, openLibrary } from '../../../src/node/package.ts';
import type { Play, StationEvent } from '../../../src/server/watch/station-play.ts';
import { sourceOf } from '../../../src/server/watch/station-source.ts';
import type { WatchConfig } from '../../../src/server/watch/watch-config.ts';
import { Watcher } from '../../../src/server/watch/watcher.ts';
import type { Pcm } from '../../../src/types.ts';
import { joined, stretchOf, temporaryFolder } from '../../support/folder.ts';
import { music } from '../../support/music.ts';
import { type Part, Radio } from './radio.ts';

vi.setConfig({ testTimeout: 600_000 });

const STATIONS = 14;
const RATE = 11_025;
const folder = temporaryFolder();
const titles = ['Alder', 'Birch', 'Cedar', 'Dogwood', 'Elder'];
const sounds = titles.map((_, i) => music(24, RATE, i + 1));
const song = (i: number) => stretchOf(sounds[i % titles.length], 0, 18);
const title = (i: number) => titles[i % titles.length];
const rest: Pcm = { samples: new Float32Array(2 * RATE), sampleRate: RATE };
const stranger = music(12, RATE, 77);

let library: Library;
beforeAll(async () => {
  library = await openLibrary(folder.at('library'));
  for (const [i, sound] of sounds.entries()) await library.addFile(folder.sound(`Wood - ${titles[i]}.wav`, sound));
});
afterAll(async () => {
  await library.close();
  folder.remove();
});

/** Starts watching; `until` tells when it is enough. */
async function watched(
  stations: WatchConfig['stations'],
  more: Partial<ConstructorParameters<typeof Watcher>[0]> = {},
) {
  const plays: Play[] = [];
  const events: StationEvent[] = [];
  const failures: unknown[] = [];
  const watcher = new Watcher({
    engine: library,
    config: { stations, webhooks: [], watchList: [] },
    folder: folder.at('out'),
    keeps: true,
    told: {
      played: (play) => plays.push(play),
      happened: (event) => events.push(event),
      failed: (error) => failures.push(error),
    },
    wait: (seconds) => new Promise((resolve) => setTimeout(resolve, Math.min(1000 * seconds, 20))),
    ...more,
  });
  watcher.start();
  return { plays, events, failures, watcher };
}

test.runIf(hasFfmpeg())(
  'many stations are heard at once, also beside one that dies and one that sends junk',
  async () => {
    const radio = await Radio.start();
    const programme = (i: number): Part[][] => {
      const [first, second] = [
        [song(i), stranger],
        [song(i + 1), rest, song(i + 3)],
      ];
      if (i === 7) return [first, [{ status: 500 }], second];
      return i === 11 ? [first, ['junk'], second] : [[...first, ...second]];
    };
    const names = Array.from({ length: STATIONS }, (_, i) => `station-${i}`);
    const programmes = names.map((_, i) => programme(i));
    const stations = names.map((name, i) => ({ name, source: sourceOf(radio.station(name, ...programmes[i])) }));
    const { plays, events, failures, watcher } = await watched(stations, {
      // Without the time limit of a socket: that many decoders take a while to start on a busy machine.
      open: ({ source }, signal) =>
        ffmpegStream({
          words: ['-i', source.kind === 'address' ? source.address : ''],
          patienceSeconds: 300,
          signal,
        }),
    });
    const isOver = () => names.every((name, i) => (radio.connections.get(`/${name}`) ?? 0) > programmes[i].length);
    while (!isOver()) await new Promise((resolve) => setTimeout(resolve, 20));
    await watcher.close();
    await radio.stop();
    expect(failures).toEqual([]);
    for (const [i, name] of names.entries())
      expect([name, plays.filter(({ station }) => station === name).map(({ track }) => track.title)]).toEqual([
        name,
        [title(i), title(i + 1), title(i + 3)],
      ]);
    const dead = events.filter(
      ({ event, station }) => event === 'lost' && ['station-7', 'station-11'].includes(station),
    );
    expect(dead.length).toBeGreaterThanOrEqual(6);
    const { rows } = await library.sessions.list({ sources: ['stream'] });
    expect(new Set(rows.map((row) => row.name))).toEqual(new Set(names));
  },
);

test('stations whose sound never has to be waited for share the processor evenly', async () => {
  const whole = joined(song(0), song(1), stranger, song(2));
  const seconds = whole.samples.length / RATE;
  async function* blocks() {
    for (let at = 0; at < whole.samples.length; at += 4096) yield whole.samples.subarray(at, at + 4096);
  }
  const opened = new Set<string>();
  let leastAtFirstEnd: number | undefined;
  const { watcher, failures } = await watched(
    Array.from({ length: 6 }, (_, i) => ({ name: `always-${i}`, source: sourceOf(`http://127.0.0.1/${i}`) })),
    {
      keeps: false,
      open: async ({ name }, signal) => {
        // The first station that connects again has heard all.
        if (opened.has(name)) {
          leastAtFirstEnd ??= Math.min(...watcher.stations.map(({ station }) => station.seconds));
          return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))));
        }
        opened.add(name);
        return { sampleRate: RATE, blocks: blocks() };
      },
    },
  );
  while (leastAtFirstEnd === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
  await watcher.close();
  expect(failures).toEqual([]);
  expect(leastAtFirstEnd).toBeGreaterThan(0.7 * seconds);
});
