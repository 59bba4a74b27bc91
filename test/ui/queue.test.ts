import { afterEach, expect, test, vi } from 'vitest';
import { UserError } from '../../src/errors.ts';
import type { Learner } from '../../src/learn/learner.ts';
import type { Learnt } from '../../src/types.ts';
import { learnersFor, Queue, type QueueOptions } from '../../src/ui/adding/queue/queue.ts';
import type { QueueState } from '../../src/ui/adding/queue/queue-rows.ts';
import { fixture } from '../support/fixture.ts';
import { learnerHere, rememberingLibrary, trackOf } from '../support/learner.ts';

const green = () => fixture('06 - The Fixtures - Green Clock.wav');
const snow = () => fixture('first_snow.aiff');
const never = new Promise<never>(() => {});

/** `learner`: what stands for one in a worker; otherwise a real one, here, that puts into `engine`. */
function start(options: Partial<QueueOptions> = {}, learner?: Learner) {
  let state: QueueState = { rows: [], isPaused: false, skipped: 0 };
  const end = vi.fn();
  const library = rememberingLibrary();
  const engine = options.engine ?? library;
  const remote = learner ?? (learnerHere(engine) as Learner);
  const hire = vi.fn(() => ({ remote: Promise.resolve(remote), crashed: never, end }));
  const queue = new Queue({ publish: (next) => (state = next), start: hire, learnerCount: 1, ...options, engine });
  const states = () => state.rows.map((row) => row.state);
  return { queue, library, hire, end, states, state: () => state };
}

const soon = (act: () => void) => vi.waitFor(act, { timeout: 20_000, interval: 20 });
const all = (states: () => string[], ...wanted: string[]) => soon(() => expect(states()).toEqual(wanted));

const learntOf = (fileName: string): Learnt => ({
  tags: { title: fileName },
  contentId: fileName,
  fileName,
  seconds: 5,
  learntSeconds: 5,
  print: new Uint8Array(1),
});

/** A learner in whose hands every file stays until it is let go: heard first, then added. */
function slowLearner() {
  const letGo: { heard(): void; added(): void }[] = [];
  const learner: Learner = {
    learn: (file, _, tell) =>
      new Promise((resolve) => {
        const heard = () => tell({ share: 1, isHeard: true });
        const added = () => {
          heard();
          resolve({ state: 'added', track: trackOf(learntOf(file.name), letGo.length) });
        };
        letGo.push({ heard, added });
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
  const { queue, library, states, state } = start();
  queue.add([green(), fixture('shopping-list.mp3'), fixture('empty.mp3'), snow(), fixture('cover.jpg')]);
  await all(states, 'added', 'failed', 'failed', 'added');
  expect(library.tracks.map(({ title }) => title)).toEqual(['Green Clock', 'first snow']);
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
  await soon(() => letGo[0].added());
  await all(states, 'added');
  expect(state().rows.map(({ name }) => name)).toEqual(['video.ts']);
});

test('the next file is heard while the library takes one in, but a slow library is not flooded', async () => {
  const { learner, letGo } = slowLearner();
  const { queue, states } = start({}, learner);
  queue.add(['a.mp3', 'b.mp3', 'c.mp3'].map((name) => new File(['x'], name, { type: 'audio/mpeg' })));
  await all(states, 'learning', 'waiting', 'waiting');
  await soon(() => letGo[0].heard());
  await all(states, 'learning', 'learning', 'waiting');
  letGo[1].heard();
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(states()).toEqual(['learning', 'learning', 'waiting']);
  letGo[0].added();
  await all(states, 'added', 'learning', 'learning');
  letGo[1].added();
  await soon(() => letGo[2].added());
  await all(states, 'added', 'added', 'added');
});

test('the same bytes under another name are known', async () => {
  const { queue, library, states, state } = start();
  queue.add([green(), fixture('06 - The Fixtures - Green Clock.wav', 'copy.wav')]);
  await all(states, 'added', 'known');
  expect(state().rows[1].track).toEqual(library.tracks[0]);
});

test('a recording like another waits for a word, and is kept when it comes', async () => {
  const engine = rememberingLibrary();
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
  const engine = rememberingLibrary();
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
  const { queue, hire, end, states } = start({ learnerCount: 2 }, learner);
  queue.add([1, 2, 3].map((n) => new File(['x'], `${n}.mp3`)));
  await all(states, 'learning', 'learning', 'waiting');
  letGo[0].added();
  await all(states, 'added', 'learning', 'learning');
  letGo[1].added();
  letGo[2].added();
  await all(states, 'added', 'added', 'added');
  expect(hire).toHaveBeenCalledTimes(2);
  expect(end).toHaveBeenCalledTimes(2);
});

test('paused, nothing begins and what is on holds its breath; resumed, it goes on', async () => {
  const { learner, letGo } = slowLearner();
  const { queue, states, state } = start({}, learner);
  queue.add([new File(['x'], '1.mp3'), new File(['x'], '2.mp3')]);
  await all(states, 'learning', 'waiting');
  queue.pause();
  await soon(() => expect(learner.pause).toHaveBeenLastCalledWith(true));
  letGo[0].added();
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
  letGo[0].added();
  await all(states, 'added', 'waiting');
  queue.resume();
  await soon(() => expect(learner.pause).toHaveBeenLastCalledWith(false));
});

test('cancelled, the rest is left and a learner at work is ended', async () => {
  const { learner, letGo } = slowLearner();
  const { queue, end, states } = start({}, learner);
  queue.add([new File(['x'], '1.mp3'), new File(['x'], '2.mp3')]);
  await all(states, 'learning', 'waiting');
  queue.cancel();
  await all(states, 'cancelled', 'cancelled');
  expect(end).toHaveBeenCalledTimes(1);
  letGo[0].added();
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(states()).toEqual(['cancelled', 'cancelled']);
});

test('one file can be cancelled and tried again', async () => {
  const { learner, letGo } = slowLearner();
  const { queue, states, state } = start({}, learner);
  queue.add([new File(['x'], '1.mp3'), new File(['x'], '2.mp3')]);
  await all(states, 'learning', 'waiting');
  queue.cancel(state().rows[0].id);
  await all(states, 'cancelled', 'learning');
  queue.retry(state().rows[0].id);
  letGo[1].added();
  await all(states, 'learning', 'added');
});

test('a learner that falls silent is replaced, and the next file is learnt', async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  vi.useFakeTimers();
  const { learner } = slowLearner();
  const { queue, end, states, state } = start({}, learner);
  queue.add([new File(['x'], '1.mp3'), new File(['x'], '2.mp3')]);
  await vi.advanceTimersByTimeAsync(95_000); // two learners are tried
  expect(end).toHaveBeenCalledTimes(2);
  expect(states()).toEqual(['failed', 'learning']);
  expect(state().rows[0].fault).toBe('FileDamaged');
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

const lrc = (name: string, text: string) => new File([text], name);

/** What the library would keep. */
function lyricsHere(rows: { id: number; title: string; fileName: string }[] = []) {
  const kept = new Map<number, string>();
  return {
    kept,
    lyrics: async (id: number) => kept.get(id),
    setLyrics: async (id: number, text: string | undefined) => void kept.set(id, text ?? ''),
    tracks: async () => ({
      total: rows.length,
      rows: rows.map((row) => ({ ...trackOf(learntOf(''), row.id), ...row })),
    }),
  };
}

test('lyrics beside a song are learnt with it; lyrics that cannot be read are told by their name', async () => {
  const { queue, library, states, state } = start();
  await queue.add([
    { file: await green(), lyrics: lrc('Green Clock.lrc', '[00:01.00]Tick') },
    { file: await snow(), lyrics: lrc('first_snow.lrc', 'no\0text') },
  ]);
  await all(states, 'added', 'added', 'failed');
  expect(library.learnt.map(({ lyrics }) => lyrics)).toEqual(['[00:01.00]Tick', undefined]);
  expect(state().rows[2]).toMatchObject({ name: 'first_snow.lrc', fault: 'LyricsForeign' });
});

test('lyrics alone go to the song of their name; without one, that is told', async () => {
  const lyrics = lyricsHere([{ id: 7, title: 'Rain', fileName: 'Field - Rain.mp3' }]);
  const { queue, states, state } = start({ lyrics });
  await queue.add([lrc('field - rain.lrc', 'Drops'), lrc('Snow.lrc', 'Flakes')]);
  await all(states, 'lyrics', 'failed');
  expect([...lyrics.kept]).toEqual([[7, 'Drops']]);
  expect(state().rows[1]).toMatchObject({ name: 'Snow.lrc', fault: 'LyricsAlone' });
});

test('a song that is known gets lyrics only if it has none', async () => {
  const lyrics = lyricsHere();
  const { queue, states } = start({ lyrics });
  const again = async (text: string) => ({ file: await green(), lyrics: lrc('Green Clock.lrc', text) });
  await queue.add([await green()]);
  await all(states, 'added');
  await queue.add([await again('First')]);
  await all(states, 'added', 'known');
  await queue.add([await again('Second')]);
  await all(states, 'added', 'known', 'known');
  expect([...lyrics.kept]).toEqual([[1, 'First']]);
});
