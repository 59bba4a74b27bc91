import { expect, test } from 'vitest';
import { accuracy } from '../../src/accuracy/measure.ts';
import { kernelModule } from '../support/kernel.ts';
import { music } from '../support/music.ts';

test('between two clips there is time to notice Ctrl-C', async () => {
  let turns = 0;
  let next = setImmediate(function turn() {
    turns++;
    next = setImmediate(turn);
  });
  const seen: number[] = [];
  await accuracy({
    kernel: kernelModule,
    version: '0',
    files: ['1.wav', '2.wav', '3.wav'],
    read: async (file) => music(12, 11025, Number.parseInt(file, 10)),
    ...{ padding: 1, seconds: [1], clips: 4, only: ['clean'] },
    progress: (line) => line.includes('clean') && seen.push(turns),
  });
  clearImmediate(next);
  expect(seen.length).toBeGreaterThan(3);
  for (let i = 1; i < seen.length; i++) expect(seen[i]).toBeGreaterThan(seen[i - 1]);
});
