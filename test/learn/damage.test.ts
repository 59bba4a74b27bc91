import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { faultOf, UserError } from '../../src/errors.ts';
import { unpackPrint } from '../../src/library/prints/print.ts';
import { damages } from '../support/damage.ts';
import { fixture } from '../support/fixture.ts';
import { learnerHere, rememberingLibrary } from '../support/learner.ts';
import { random } from '../support/random.ts';

const names = [
  '06 - The Fixtures - Green Clock.wav',
  'first_snow.aiff',
  'harbour-lights.mp3',
  'paper-kites.m4a',
  'night-bus.ogg',
  'low-tide.flac',
  'long-way-round.webm',
  'old-letters.mpegts',
  'encrypted.mp4',
];
const COPIES = 5;

test.each(Object.keys(damages))('%s: a damaged file is learnt or refused in words, nothing between', async (kind) => {
  const draw = random(kind.length);
  for (const name of names) {
    const bytes = new Uint8Array(await fixture(name).arrayBuffer());
    for (let copy = 0; copy < COPIES; copy++) {
      const file = new Blob([damages[kind](bytes, draw) as BlobPart]);
      const library = rememberingLibrary();
      const outcome = await learnerHere(library)
        .learn(file, {}, () => {})
        .catch((error) => faultOf(error));
      if ('track' in outcome) {
        const [learnt] = library.learnt;
        expect(unpackPrint(learnt.print).count).toBeGreaterThan(0);
        expect(learnt.learntSeconds).toBeGreaterThanOrEqual(1);
        expect(learnt.seconds).toBeGreaterThanOrEqual(learnt.learntSeconds);
        expect(learnt.tags.title).not.toBe('');
      } else {
        expect(outcome.name).not.toBe('Unexpected');
        expect(outcome.message).toMatch(/^[A-Z].+\.$/);
      }
    }
  }
});

test('a fault is known by its name, wherever it was thrown', () => {
  expect(faultOf(new UserError('FileEmpty', 'Empty.'))).toEqual({ name: 'FileEmpty', message: 'Empty.' });
  expect(faultOf(Object.assign(new Error('Full.'), { name: 'StorageFull' })).name).toBe('StorageFull');
  expect(faultOf(new TypeError('oops'))).toEqual({ name: 'Unexpected', message: 'oops' });
  const names = readFileSync('src/errors.ts', 'utf8').match(/(?<=^ {2}\| ')\w+/gm) ?? [];
  expect(names.length).toBeGreaterThan(30);
  for (const name of names) expect(faultOf(Object.assign(new Error(), { name })).name).toBe(name);
  for (const name of ['AbortError', 'NotFoundError', 'QuotaExceededError', 'Error']) {
    expect(faultOf(Object.assign(new Error(), { name })).name).toBe('Unexpected');
  }
});
