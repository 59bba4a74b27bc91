import { expect, test } from 'vitest';
import { learnOn } from '../../src/learn/learn-on.ts';
import type { Learner, LearnOptions } from '../../src/learn/learner.ts';
import { type Started, WorkerPool } from '../../src/learn/worker-pool.ts';
import { fixture } from '../support/fixture.ts';
import { learnerHere, rememberingLibrary } from '../support/learner.ts';

const steps = { signal: new AbortController().signal, nearlyDone() {} };

/** A learner hangs if nothing is heard of it for this long: longer than one at work is silent on a busy machine. */
const PATIENT_SECONDS = 3;

/** Learners that do this, the first to be started first. */
function poolOf(...learn: (Learner<File>['learn'] | 'crashes')[]) {
  return new WorkerPool<Learner<File>>((): Started<Learner<File>> => {
    const does = learn.shift()!;
    const crashed = does === 'crashes' ? Promise.resolve('out of memory') : new Promise(() => {});
    const learner = { learn: does === 'crashes' ? () => new Promise<never>(() => {}) : does, pause: async () => {} };
    return { remote: Promise.resolve(learner), crashed, end() {} };
  }, PATIENT_SECONDS);
}

const hangs = () => new Promise<never>(() => {});

test('a file with which a learner hangs is learnt by another one, by other decoders', async () => {
  const asked: LearnOptions[] = [];
  const { learn } = learnerHere(rememberingLibrary());
  const pool = poolOf(hangs, (file, options, tell) => {
    asked.push(options);
    return learn(file, options, tell);
  });
  const file = fixture('06 - The Fixtures - Green Clock.wav');
  const result = await learnOn(pool, file, { limitSeconds: 4 }, steps, () => {});
  expect(result.state).toBe('added');
  expect(asked).toEqual([{ limitSeconds: 4, isTriedBefore: true }]);
});

test('one with which all hang is refused as damaged', async () => {
  const learning = learnOn(poolOf(hangs, hangs), new File(['x'], 'x.mp3'), {}, steps, () => {});
  await expect(learning).rejects.toMatchObject({ name: 'FileDamaged', message: expect.stringContaining('end.') });
});

test('one that ends all learners is no fault that a person could mend', async () => {
  const learning = learnOn(poolOf('crashes', 'crashes'), new File(['x'], 'x.mp3'), {}, steps, () => {});
  await expect(learning).rejects.toThrow('crashed twice');
});

test('one whose learner is lost to the next file, while the library adds it, is learnt as before', async () => {
  const asked: LearnOptions[] = [];
  const { learn } = learnerHere(rememberingLibrary());
  const pool = poolOf(
    (_, __, tell) => {
      tell({ share: 1, isHeard: true });
      return hangs();
    },
    (file, options, tell) => {
      asked.push(options);
      return learn(file, options, tell);
    },
  );
  const learning = learnOn(pool, fixture('first_snow.aiff'), {}, steps, () => {});
  await new Promise((resolve) => setTimeout(resolve, 20));
  const next = pool.use(hangs).catch((error) => error); // on the same learner
  expect((await learning).state).toBe('added');
  expect(await next).toMatchObject({ how: 'silent' });
  expect(asked).toEqual([{ isTriedBefore: false }]);
});
