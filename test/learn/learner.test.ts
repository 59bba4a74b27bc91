import { expect, test } from 'vitest';
import { createLearner } from '../../src/learn/learner.ts';
import { unpackPrint } from '../../src/library/print.ts';
import { fixture } from '../support/fixture.ts';
import { kernelModule } from '../support/kernel.ts';
import { random } from '../support/random.ts';
import { wavOf } from '../support/wav.ts';

const learner = createLearner(Promise.resolve(kernelModule));
const green = fixture('06 - The Fixtures - Green Clock.wav');
const task = { fileName: green.name, contentId: 'id' };

test('a file is learnt with what its name says', async () => {
  const { learnt, endsEarly } = await learner.learn(green, task);
  expect(learnt).toMatchObject({
    tags: { title: 'Green Clock', artist: 'The Fixtures', trackNumber: 6 },
    contentId: 'id',
    fileName: green.name,
  });
  expect(learnt.seconds).toBeCloseTo(10.07, 1);
  expect(learnt.learntSeconds).toBe(learnt.seconds);
  expect(unpackPrint(learnt.print).count).toBeGreaterThan(100);
  expect(endsEarly).toBeUndefined();
});

test('a file is read once: what is learnt is what it was known by, even if it is gone or another meanwhile', async () => {
  const other = fixture('first_snow.aiff');
  const contentId = await learner.identify(green);
  const { learnt } = await learner.learn(other, { ...task, contentId });
  expect(learnt.seconds).toBeCloseTo(10.07, 1);
  // Only the one that was identified last is held, and only until it is learnt.
  const again = await learner.learn(other, { ...task, contentId });
  expect(again.learnt.seconds).toBeCloseTo(8.2, 1);
});

test('with a limit only the beginning is learnt, and that is no fault', async () => {
  const { learnt, endsEarly } = await learner.learn(green, { ...task, limitSeconds: 4 });
  expect(learnt.learntSeconds).toBeCloseTo(4, 6);
  expect(learnt.seconds).toBeCloseTo(10.07, 1);
  expect(endsEarly).toBeUndefined();
});

test('a file that is cut off is learnt as far as it goes, and that is told', async () => {
  const { learnt, endsEarly } = await learner.learn(green.slice(0, 100_000) as File, task);
  expect(learnt.learntSeconds).toBeCloseTo(4.5, 1);
  expect(learnt.seconds).toBeCloseTo(10.07, 1);
  expect(endsEarly).toBe('cut');
});

/** What the browser's own decoder would make of a file: so many seconds, in stereo. */
const decoded = (seconds: number) => {
  const draw = random(4);
  const channels = [0, 1].map(() => Float32Array.from({ length: seconds * 44_100 }, () => draw() - 0.5));
  return { channels, sampleRate: 44_100 };
};

test('sound that the page decoded leaves the same print as sound that was decoded here', async () => {
  const sound = decoded(4);
  const file = new Blob([wavOf('f32', sound.channels, sound.sampleRate) as BlobPart]);
  const here = await learner.learn(file, task);
  const there = await learner.learn(fixture('harbour-lights.mp3'), task, undefined, async () => sound);
  expect(there.learnt.print).toEqual(here.learnt.print);
});

test('a file that only the page can decode keeps its tags and its cover', async () => {
  const { learnt, endsEarly } = await learner.learn(fixture('harbour-lights.mp3'), task, undefined, async () =>
    decoded(31.5),
  );
  expect(learnt.tags).toMatchObject({ title: 'Harbour Lights', year: 2026 });
  expect(learnt.cover).toBeInstanceOf(Blob);
  expect(endsEarly).toBeUndefined();
});

test('one that ends early says so, also when only the page can decode it', async () => {
  const { learnt, endsEarly } = await learner.learn(fixture('truncated.mp3'), task, undefined, async () => decoded(6));
  expect(learnt.learntSeconds).toBeCloseTo(6, 3);
  expect(learnt.seconds).toBeCloseTo(31.5, 0);
  expect(endsEarly).toBe('cut');
});

test.each([
  ['shopping-list.mp3', 'NotAudio'],
  ['empty.mp3', 'FileEmpty'],
  ['silent-film.mp4', 'NoAudioTrack'],
  ['encrypted.mp4', 'FileEncrypted'],
  ['cover.jpg', 'NotAudio'],
])('%s is refused with a sentence: %s', async (name, fault) => {
  const refused = await learner.learn(fixture(name), task).catch((error: Error) => error);
  expect(refused).toMatchObject({ name: fault, message: expect.stringMatching(/^[A-Z].+\.$/) });
});

test('while paused nothing is heard', async () => {
  await learner.pause(true);
  let isDone = false;
  const learning = learner.learn(green, task).then(() => (isDone = true));
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(isDone).toBe(false);
  await learner.pause(false);
  expect(await learning).toBe(true);
});
