import { expect, test } from 'vitest';
import type { Heard } from '../../src/engine/api.ts';
import { patient } from '../../src/web/catalogue-library.ts';

const heard = (state: Heard['state']): Heard => ({ seconds: 1, levelDb: -20, state, clipSeconds: 0, others: [] });

async function statesOf(states: Heard['state'][], ready: Promise<void>, atOnce = true): Promise<string[]> {
  async function* source() {
    for (const state of states) {
      if (!atOnce) await new Promise((resolve) => setTimeout(resolve, 5));
      yield heard(state);
    }
  }
  const seen: string[] = [];
  for await (const { state } of patient(source(), ready)) seen.push(state);
  return seen;
}

test('while songs still come, nothing is said not to be there', async () => {
  const never = new Promise<void>(() => {});
  expect(await statesOf(['listening', 'none', 'listening'], never)).toEqual(['listening', 'listening', 'listening']);
});

test('it is said when all of them are here, once', async () => {
  let come = () => {};
  const ready = new Promise<void>((resolve) => (come = resolve));
  setTimeout(come, 12);
  const seen = await statesOf(['none', ...Array<'listening'>(9).fill('listening')], ready, false);
  expect(seen[0]).toBe('listening');
  expect(seen.filter((state) => state === 'none')).toHaveLength(1);
});

test('with a catalogue that is here, everything is as ever', async () => {
  const states = ['listening', 'none', 'silent', 'found'] as const;
  expect(await statesOf([...states], Promise.resolve(), false)).toEqual(states);
});

test('a catalogue that cannot be fetched ends listening', async () => {
  const gone = Promise.reject(new Error('gone'));
  await expect(statesOf(['listening', 'listening'], gone, false)).rejects.toThrow('gone');
});
