import { expect, test } from 'vitest';
import type { LearnOptions, LearnProgress } from '../../src/learn/learner.ts';
import { unpackPrint } from '../../src/library/prints/print.ts';
import { fixture } from '../support/fixture.ts';
import { learnerHere, rememberingLibrary } from '../support/learner.ts';
import { random } from '../support/random.ts';
import { wavOf } from '../support/wav.ts';

const green = fixture('06 - The Fixtures - Green Clock.wav');
type DecodeOnPage = Parameters<typeof learnerHere>[1];

/** What becomes of a file in an empty library, and what is told meanwhile. */
async function learn(file: Blob, options: LearnOptions = {}, decodeOnPage?: DecodeOnPage) {
  const library = rememberingLibrary();
  const told: LearnProgress[] = [];
  const result = await learnerHere(library, decodeOnPage).learn(file, options, (progress) => told.push(progress));
  return { ...result, learnt: library.learnt[0], told };
}

test('a file is learnt with what its name says', async () => {
  const { state, learnt, endsEarly, told } = await learn(green);
  expect(learnt).toMatchObject({
    tags: { title: 'Green Clock', artist: 'The Fixtures', trackNumber: 6 },
    contentId: expect.stringMatching(/^[0-9a-f]{64}$/),
    fileName: green.name,
  });
  expect(learnt.seconds).toBeCloseTo(10.07, 1);
  expect(learnt.learntSeconds).toBe(learnt.seconds);
  expect(unpackPrint(learnt.print).count).toBeGreaterThan(100);
  expect(state).toBe('added');
  expect(endsEarly).toBe(false);
  expect(told.at(-1)).toEqual({ share: 1, isHeard: true });
  const shares = told.map(({ share = 0 }) => share);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
});

test('the same bytes are not learnt again', async () => {
  const library = rememberingLibrary();
  const learner = learnerHere(library);
  await learner.learn(green, {}, () => {});
  const again = await learner.learn(fixture(green.name, 'copy.wav'), {}, () => {});
  expect(again).toEqual({ state: 'known', track: library.tracks[0] });
  expect(library.tracks).toHaveLength(1);
});

test('a small file is read once: what is learnt is what it is known by, whatever becomes of it meanwhile', async () => {
  let reads = 0;
  const counted = new Proxy(green, {
    get(file, name) {
      if (name === 'slice' || name === 'arrayBuffer' || name === 'stream') reads++;
      const value = Reflect.get(file, name);
      return typeof value === 'function' ? value.bind(file) : value;
    },
  });
  await learn(counted);
  expect(reads).toBe(1);
});

test('with a limit only the beginning is learnt, and that is no fault', async () => {
  const { learnt, endsEarly } = await learn(green, { limitSeconds: 4 });
  expect(learnt.learntSeconds).toBeCloseTo(4, 6);
  expect(learnt.seconds).toBeCloseTo(10.07, 1);
  expect(endsEarly).toBe(false);
});

test('a file that is cut off is learnt as far as it goes, and that is told', async () => {
  const { learnt, endsEarly } = await learn(green.slice(0, 100_000));
  expect(learnt.learntSeconds).toBeCloseTo(4.5, 1);
  expect(learnt.seconds).toBeCloseTo(10.07, 1);
  expect(endsEarly).toBe(true);
});

/** What the browser's own decoder would make of a file: so many seconds, in stereo. */
const decoded = (seconds: number) => {
  const draw = random(4);
  const channels = [0, 1].map(() => Float32Array.from({ length: seconds * 44_100 }, () => draw() - 0.5));
  return { channels, sampleRate: 44_100 };
};

test('sound that the page decoded leaves the same print as sound that was decoded here', async () => {
  const sound = decoded(4);
  const here = await learn(new Blob([wavOf('f32', sound.channels, sound.sampleRate) as BlobPart]));
  const there = await learn(fixture('harbour-lights.mp3'), {}, async () => sound);
  expect(there.learnt.print).toEqual(here.learnt.print);
});

test('a file that only the page can decode keeps its tags and its cover', async () => {
  const { learnt, endsEarly } = await learn(fixture('harbour-lights.mp3'), {}, async () => decoded(31.5));
  expect(learnt.tags).toMatchObject({ title: 'Harbour Lights', year: 2026 });
  expect(learnt.cover).toBeInstanceOf(Blob);
  expect(endsEarly).toBe(false);
});

test('one that ends early says so, also when only the page can decode it', async () => {
  const { learnt, endsEarly } = await learn(fixture('truncated.mp3'), {}, async () => decoded(6));
  expect(learnt.learntSeconds).toBeCloseTo(6, 3);
  expect(learnt.seconds).toBeCloseTo(31.5, 0);
  expect(endsEarly).toBe(true);
});

test('of a similar recording the print is handed out, so that it can be added all the same', async () => {
  const library = rememberingLibrary();
  const { track } = await library.add({ ...(await learn(green)).learnt });
  const learner = learnerHere({ ...library, known: async () => undefined, add: async () => similar });
  const similar = { state: 'similar' as const, track, confidence: 1 };
  const result = await learner.learn(green, {}, () => {});
  expect(result).toMatchObject({ state: 'similar', learnt: { fileName: green.name } });
});

test.each([
  ['shopping-list.mp3', 'NotAudio'],
  ['empty.mp3', 'FileEmpty'],
  ['silent-film.mp4', 'NoAudioTrack'],
  ['encrypted.mp4', 'FileEncrypted'],
  ['cover.jpg', 'NotAudio'],
])('%s is refused with a sentence: %s', async (name, fault) => {
  const refused = await learn(fixture(name)).catch((error: Error) => error);
  expect(refused).toMatchObject({ name: fault, message: expect.stringMatching(/^[A-Z].+\.$/) });
});

test('while paused nothing is heard', async () => {
  const learner = learnerHere(rememberingLibrary());
  await learner.pause(true);
  let isDone = false;
  const learning = learner.learn(green, {}, () => {}).then(() => (isDone = true));
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(isDone).toBe(false);
  await learner.pause(false);
  expect(await learning).toBe(true);
});
