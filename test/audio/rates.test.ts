import { expect, test } from 'vitest';
import { hearable } from '../../src/audio/rates.ts';
import type { Pcm } from '../../src/types.ts';

async function* blocks(sampleRate: number): AsyncGenerator<Pcm> {
  yield { samples: Float32Array.of(0.5, 0.25, -0.5, -0.25, 1, 0, 0, 0), sampleRate };
}
const heard = async (sampleRate: number) => (await hearable(blocks(sampleRate)).next()).value as Pcm;

test('rates that the kernel takes stay as they are; higher ones are halved until it takes them', async () => {
  expect((await heard(44_100)).samples).toHaveLength(8);
  expect(await heard(384_000)).toEqual({ samples: Float32Array.of(0.375, -0.375, 0.5, 0), sampleRate: 192_000 });
  expect((await heard(705_600)).sampleRate).toBe(176_400);
});

test.each([0, -1, Number.NaN, Infinity, 2 ** 32, 4_000])('%d Hz is refused in words', async (rate) => {
  const refused = {
    name: expect.stringMatching(/^(FileDamaged|NotAudio)$/),
    message: expect.not.stringMatching(/NaN|Inf/),
  };
  await expect(heard(rate)).rejects.toMatchObject(refused);
});
