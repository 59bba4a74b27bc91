/** The service as it is started: processes that are lost and replaced, streams, full queues, and its end. */
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLibrary } from '../../src/node/package.ts';
import { builtForNode } from '../support/built-programs.ts';
import { joined, stretchOf, temporaryFolder } from '../support/folder.ts';
import { music } from '../support/music.ts';
import { wav } from '../support/recording.ts';
import { type RunningService, startServe } from './running-service.ts';

const folder = temporaryFolder();
const songs = ['Alder', 'Birch'].map((title, i) => ({ title, sound: music(30, 11025, i + 1) }));
let running: RunningService;

beforeAll(async () => {
  const library = await openLibrary(folder.at('library'));
  for (const { title, sound } of songs) await library.addFile(folder.sound(`Wood - ${title}.wav`, sound));
  await library.close();
  running = await startServe(await builtForNode(), folder.at('library'), folder.at('tokens.json'), [
    '--workers',
    '1',
    '--queue',
    '2',
  ]);
});
afterAll(async () => {
  running?.stop('SIGKILL');
  await running?.ended;
  folder.remove();
});

const blobOf = (sound: { samples: Float32Array; sampleRate: number }) =>
  new Blob([Uint8Array.from(wav(sound.samples, sound.sampleRate))]);
const clip = blobOf(stretchOf(songs[1].sound, 12, 8));

/** Processes that this one started. */
const childrenOf = (pid: number): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${name}/stat`, 'utf8'))?.[1]) === pid;
      } catch {
        return false;
      }
    })
    .map(Number);

test('a clip is named, and a song that is added is known at once', async () => {
  expect((await running.client('read').recognize(clip)).matches[0]?.track.title).toBe('Birch');
  const song = music(20, 11025, 9);
  const { track } = await running.client('write').addTrack(blobOf(song), { title: 'Elm' });
  const { matches } = await running.client('read').recognize(blobOf(stretchOf(song, 5, 8)));
  expect(matches[0]?.track.id).toBe(track.id);
  await running.client('write').removeTrack(track.id);
  expect((await running.client('read').recognize(blobOf(stretchOf(song, 5, 8)))).status).toBe('none');
});

test.runIf(process.platform === 'linux')('a worker that is lost is replaced, and the service goes on', async () => {
  const [worker] = childrenOf(running.pid);
  process.kill(worker, 'SIGKILL');
  // What it was given before its end is noticed may be refused.
  await expect.poll(() => childrenOf(running.pid)).not.toContain(worker);
  const answers = await Promise.all([1, 2].map(() => running.client('read').recognize(clip)));
  expect(answers.map(({ status }) => status)).toEqual(['match', 'match']);
  expect(childrenOf(running.pid)).not.toContain(worker);
});

test.runIf(process.platform === 'linux')('a caller that hangs up does not cost its worker', async () => {
  const [worker] = childrenOf(running.pid);
  const recording = blobOf(joined(...Array.from({ length: 20 }, (_, i) => songs[i % 2].sound)));
  const gone = new AbortController();
  const asked = running.client('read').tracklist(recording, { signal: gone.signal });
  setTimeout(() => gone.abort(), 300);
  await expect(asked).rejects.toThrow();
  expect((await running.client('read').recognize(clip)).status).toBe('match');
  expect(childrenOf(running.pid)).toEqual([worker]);
});

test('what the queue does not hold is refused, and what it holds is answered', async () => {
  const asked = Array.from({ length: 12 }, () =>
    running
      .client('read')
      .recognize(clip)
      .then(
        ({ status }) => status,
        ({ status, retryAfterSeconds }) => `${status} after ${retryAfterSeconds}`,
      ),
  );
  const answers = new Set(await Promise.all(asked));
  expect([...answers].sort()).toEqual(['429 after 1', 'match']);
});

test('a stream is named while it is sent', async () => {
  const { samples } = joined(songs[0].sound);
  const bytes = new Uint8Array(samples.buffer.slice(0));
  let sent = 0;
  let isFound = false;
  const stream = new ReadableStream<Uint8Array>({
    // The rest is sent only after the song was named.
    async pull(controller) {
      while (sent >= bytes.length * 0.7 && !isFound) await new Promise((resolve) => setTimeout(resolve, 20));
      controller.enqueue(bytes.slice(sent, sent + 11025));
      sent += 11025;
      if (sent >= bytes.length) controller.close();
    },
  });
  const seen: string[] = [];
  for await (const event of running.client('read').listen(stream, { rate: 11025, encoding: 'f32' })) {
    if (event.event === 'state' && event.match?.track.title === 'Alder') isFound = true;
    seen.push(event.event);
  }
  expect(isFound).toBe(true);
  expect(seen.slice(-2)).toEqual(['played', 'end']);
});

test('it finishes what is under way, and leaves no process or upload behind', async () => {
  const workers = childrenOf(running.pid);
  const answer = running.client('read').tracklist(blobOf(joined(songs[0].sound, songs[1].sound)));
  await new Promise((resolve) => setTimeout(resolve, 300));
  running.stop();
  expect((await answer).played).toHaveLength(2);
  expect((await running.ended).status).toBe(0);
  for (const pid of workers) expect(() => process.kill(pid, 0)).toThrow();
});
