import { afterEach, expect, test, vi } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { createLearner, type Learner } from '../../src/learn/learner.ts';
import { learnersFor } from '../../src/learn/learner-pool.ts';
import { Queue, type QueueOptions, type QueueState } from '../../src/learn/queue.ts';
import type { Learnt, Track } from '../../src/types.ts';
import { fixture } from '../support/fixture.ts';
import { kernelModule } from '../support/kernel.ts';

const green = () => fixture('06 - The Fixtures - Green Clock.wav');
const snow = () => fixture('first_snow.aiff');

function trackOf({ tags, contentId, fileName, seconds, learntSeconds }: Learnt, id: number): Track {
  return {
    ...tags,
    id,
    contentId,
    fileName,
    seconds,
    learntSeconds,
    peakCount: 9,
    added: 0,
    enabled: true,
    hasCover: false,
  };
}

/** A library that remembers by content. */
function library() {
  const tracks: Track[] = [];
  return {
    tracks,
    known: async (contentId: string) => tracks.find((track) => track.contentId === contentId),
    async add(learnt: Learnt) {
      const track = trackOf(learnt, tracks.length + 1);
      tracks.push(track);
      return { state: 'added' as const, track };
    },
  };
}

function start(options: Partial<QueueOptions> = {}, learner: Learner = createLearner(Promise.resolve(kernelModule))) {
  let state: QueueState = { rows: [], isPaused: false, skipped: 0 };
  const dismiss = vi.fn();
  const hire = vi.fn(() => ({ learner, dismiss }));
  const engine = library();
  const queue = new Queue({ engine, publish: (next) => (state = next), hire, learnerCount: 1, ...options });
  const states = () => state.rows.map((row) => row.state);
  return { queue, engine, hire, dismiss, states, state: () => state };
}

const all = (states: () => string[], ...wanted: string[]) =>
  vi.waitFor(() => expect(states()).toEqual(wanted), { timeout: 10_000, interval: 20 });

/** A learner in whose hands every file stays until it is let go. */
function slowLearner() {
  const letGo: (() => void)[] = [];
  const learner: Learner = {
    identify: async (file) => (file as File).name,
    learn: (_file, task) =>
      new Promise((resolve) => {
        const learnt = {
          tags: { title: task.fileName },
          seconds: 5,
          learntSeconds: 5,
          print: new Uint8Array(1),
          ...task,
        };
        letGo.push(() => resolve({ learnt }));
      }),
    pause: vi.fn(async () => {}),
  };
  return { learner, letGo };
}

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test('good files are learnt, bad ones tell why, and what is no sound is counted', async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  const { queue, engine, states, state } = start();
  queue.add([green(), fixture('shopping-list.mp3'), fixture('empty.mp3'), snow(), fixture('cover.jpg')]);
  await all(states, 'added', 'failed', 'failed', 'added');
  expect(engine.tracks.map(({ title }) => title)).toEqual(['Green Clock', 'first snow']);
  expect(state().rows.map(({ fault }) => fault)).toEqual([undefined, 'NotAudio', 'FileEmpty', undefined]);
  expect(state().skipped).toBe(1);
});

test('of files named .ts the videos are learnt and the programs are counted', async () => {
  const { learner, letGo } = slowLearner();
  const { queue, states, state } = start({}, learner);
  const program = new File(['export const answer = 42;'], 'program.ts', { type: 'video/mp2t' });
  queue.add([program, fixture('old-letters.mpegts', 'video.ts')]);
  await all(states, 'learning');
  expect(state().skipped).toBe(1);
  await vi.waitFor(() => letGo[0]());
  await all(states, 'added');
  expect(state().rows.map(({ name }) => name)).toEqual(['video.ts']);
});

test('the next file is heard while the library takes one in, but a slow library is not buried', async () => {
  const { learner, letGo } = slowLearner();
  const taken: (() => void)[] = [];
  const engine = library();
  const add = async (learnt: Learnt) => {
    await new Promise<void>((resolve) => taken.push(resolve));
    return engine.add(learnt);
  };
  const { queue, states } = start({ engine: { ...engine, add } }, learner);
  queue.add(['a.mp3', 'b.mp3', 'c.mp3'].map((name) => new File(['x'], name, { type: 'audio/mpeg' })));
  await all(states, 'learning', 'waiting', 'waiting');
  letGo[0]();
  await all(states, 'learning', 'learning', 'waiting');
  letGo[1]();
  await vi.waitFor(() => expect(taken).toHaveLength(2));
  expect(states()).toEqual(['learning', 'learning', 'waiting']);
  taken[0]();
  await all(states, 'added', 'learning', 'learning');
  letGo[2]();
  await vi.waitFor(() => expect(taken).toHaveLength(3));
  for (const take of taken) take();
  await all(states, 'added', 'added', 'added');
});

test('the same bytes under another name are known', async () => {
  const { queue, engine, states, state } = start();
  queue.add([green(), fixture('06 - The Fixtures - Green Clock.wav', 'copy.wav')]);
  await all(states, 'added', 'known');
  expect(state().rows[1].track).toEqual(engine.tracks[0]);
});

test('a recording like another waits for a word, and is kept when it comes', async () => {
  const engine = library();
  const add = vi.fn(async (learnt: Learnt, options?: { evenIfSimilar?: boolean }) =>
    options?.evenIfSimilar
      ? { state: 'added' as const, track: trackOf(learnt, 2) }
      : { state: 'similar' as const, track: trackOf(learnt, 1), confidence: 0.99 },
  );
  const { queue, states, state } = start({ engine: { ...engine, add } });
  queue.add([green()]);
  await all(states, 'similar');
  await queue.addAnyway(state().rows[0].id);
  await all(states, 'added');
});

test('a file that ends early is added and says so', async () => {
  const { queue, states, state } = start();
  queue.add([new File([green().slice(0, 100_000)], 'short.wav')]);
  await all(states, 'added');
  expect(state().rows[0].fault).toBe('FileDamaged');
});

test('a full disk fails each file in its own row, and a retry goes on when there is room', async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  const engine = library();
  let isFull = true;
  const add = (learnt: Learnt) =>
    isFull ? Promise.reject(new UserError('StorageFull', 'There is no room left.')) : engine.add(learnt);
  const { queue, states, state } = start({ engine: { known: engine.known, add } });
  queue.add([green(), snow()]);
  await all(states, 'failed', 'failed');
  expect(state().rows.map(({ fault }) => fault)).toEqual(['StorageFull', 'StorageFull']);
  isFull = false;
  queue.retry();
  await all(states, 'added', 'added');
});

test('no more learners are hired than may work at once, and all go home in the end', async () => {
  const { learner, letGo } = slowLearner();
  const { queue, hire, dismiss, states } = start({ learnerCount: 2 }, learner);
  queue.add([1, 2, 3].map((n) => new File(['x'], `${n}.mp3`)));
  await all(states, 'learning', 'learning', 'waiting');
  letGo[0]();
  await all(states, 'added', 'learning', 'learning');
  letGo[1]();
  letGo[2]();
  await all(states, 'added', 'added', 'added');
  expect(hire).toHaveBeenCalledTimes(2);
  expect(dismiss).toHaveBeenCalledTimes(2);
});

test('paused, nothing begins and what is on holds its breath; resumed, it goes on', async () => {
  const { learner, letGo } = slowLearner();
  const { queue, states, state } = start({}, learner);
  queue.add([new File(['x'], '1.mp3'), new File(['x'], '2.mp3')]);
  await all(states, 'learning', 'waiting');
  queue.pause();
  expect(learner.pause).toHaveBeenLastCalledWith(true);
  letGo[0]();
  await all(states, 'added', 'waiting');
  expect(state().isPaused).toBe(true);
  queue.resume();
  await all(states, 'added', 'learning');
});

test('a learner that finished while paused is awake for the next file', async () => {
  const { learner, letGo } = slowLearner();
  const { queue, states } = start({}, learner);
  queue.add([new File(['x'], '1.mp3'), new File(['x'], '2.mp3')]);
  await all(states, 'learning', 'waiting');
  queue.pause();
  letGo[0]();
  await all(states, 'added', 'waiting');
  queue.resume();
  expect(learner.pause).toHaveBeenLastCalledWith(false);
});

test('cancelled, the rest is left and a learner at work is dismissed', async () => {
  const { learner, letGo } = slowLearner();
  const { queue, engine, dismiss, states } = start({}, learner);
  queue.add([new File(['x'], '1.mp3'), new File(['x'], '2.mp3')]);
  await all(states, 'learning', 'waiting');
  queue.cancel();
  await all(states, 'cancelled', 'cancelled');
  expect(dismiss).toHaveBeenCalledTimes(1);
  letGo[0]();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(engine.tracks).toEqual([]);
});

test('one file can be cancelled and tried again', async () => {
  const { learner, letGo } = slowLearner();
  const { queue, states, state } = start({}, learner);
  queue.add([new File(['x'], '1.mp3'), new File(['x'], '2.mp3')]);
  await all(states, 'learning', 'waiting');
  queue.cancel(state().rows[0].id);
  await all(states, 'cancelled', 'learning');
  queue.retry(state().rows[0].id);
  letGo[1]();
  await all(states, 'learning', 'added');
});

test('a learner that falls silent is replaced, and the next file is learnt', async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  vi.useFakeTimers();
  const { learner } = slowLearner();
  const { queue, dismiss, states, state } = start({}, learner);
  queue.add([new File(['x'], '1.mp3'), new File(['x'], '2.mp3')]);
  await vi.advanceTimersByTimeAsync(32_000);
  expect(dismiss).toHaveBeenCalledTimes(1);
  expect(states()).toEqual(['failed', 'learning']);
  expect(state().rows[0].fault).toBe('FileDamaged');
});

test('what only the page can decode is decoded there', async () => {
  const tone = Float32Array.from({ length: 88_200 }, (_, i) => Math.sin(i * i * 1e-6));
  const decodeOnPage = vi.fn(async () => ({ channels: [tone], sampleRate: 44_100 }));
  const { queue, engine, states } = start({ decodeOnPage });
  queue.add([fixture('harbour-lights.mp3')]);
  await all(states, 'added');
  expect(engine.tracks[0].title).toBe('Harbour Lights');
  expect(engine.tracks[0].learntSeconds).toBeCloseTo(2, 3);
});

test('what is too large for the page is told as that', async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  const decodeOnPage = () => Promise.reject(new UserError('FileTooLarge', 'Too large.'));
  const { queue, states, state } = start({ decodeOnPage });
  queue.add([fixture('harbour-lights.mp3')]);
  await all(states, 'failed');
  expect(state().rows[0].fault).toBe('FileTooLarge');
});

test('names left from an earlier visit are shown until the file is chosen again', async () => {
  const { queue, states } = start();
  queue.miss([green().name, 'other.mp3']);
  await all(states, 'missing', 'missing');
  queue.add([green()]);
  await all(states, 'missing', 'added');
});

test('finished rows can be cleared away', async () => {
  const { learner } = slowLearner();
  const { queue, states } = start({}, learner);
  queue.add([new File(['x'], '1.mp3'), new File(['x'], '2.mp3')]);
  await all(states, 'learning', 'waiting');
  queue.cancel(1);
  queue.clear();
  await all(states, 'learning');
});

test('one core stays free, and more than four learners help nobody', () => {
  expect([1, 2, 3, 5, 16].map((cores) => learnersFor(cores))).toEqual([1, 1, 2, 4, 4]);
});
