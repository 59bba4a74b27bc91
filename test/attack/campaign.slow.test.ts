import { expect, test } from 'vitest';
import { attacks } from './attacks.ts';
import { campaign } from './campaign.ts';

/** Half a minute on a quiet core, at least one input of each attack; `npm run attack -- --full` takes hours. */
const SHARE = 0.0005;

test('a small part of the hostile campaign, some of every attack, finds no fault', { timeout: 900_000 }, async () => {
  const results = await campaign({ names: Object.keys(attacks), seed: 1, share: SHARE });
  expect(results.flatMap(({ failures }) => failures)).toEqual([]);
  for (const { attack, inputs, skipped } of results) expect(skipped ?? inputs, attack).not.toBe(0);
});
