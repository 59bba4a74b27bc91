import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { answerQueries } from '../../src/accuracy/queries.ts';
import { clipOf } from '../support/clips.ts';
import { kernelModule } from '../support/kernel.ts';
import { music } from '../support/music.ts';
import { fittedWeights } from './fitted-weights.ts';

const pieceOf = (path: string) => music(20, 11025, Number(path.match(/piece-(\d+)/)?.[1]));
const files = [1, 2, 3, 4].map((seed) => `composed/piece-${seed}.wav`);

test('clips made elsewhere are answered in a file beside their truth', { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'queries-'));
  await writeFile(
    join(folder, 'truth.tsv'),
    [
      'file\tcondition\tlength\ttruth\toffset\tsecond\tdetail',
      'piece-2.clip\tclean\t4\tpiece-2\t7.000\t\t',
      'piece-9.clip\tabsent\t4\tnone\t\t\tnot=piece-9',
    ].join('\n'),
  );
  const read = async (path: string) => (path.endsWith('.clip') ? clipOf(pieceOf(basename(path)), 7, 4) : pieceOf(path));
  const { report } = await answerQueries(folder, { kernel: kernelModule, version: '0', files, read, write: writeFile });
  const [header, first, second] = (await readFile(join(folder, 'answers.tsv'), 'utf8')).split('\n');
  await rm(folder, { recursive: true });
  expect(header).toBe('file\tanswer\tconfidence\toffset');
  const [file, answer, confidence, offset] = first.split('\t');
  expect([file, answer]).toEqual(['piece-2.clip', 'piece-2']);
  expect(Number(confidence)).toBeGreaterThan(0.9);
  expect(Math.abs(Number(offset) - 7)).toBeLessThan(0.1);
  expect(second).toMatch(/^piece-9.clip\tnone\t/);
  expect(report.falseAlarms).toEqual({ clips: 1, named: 0 });
  expect(report.rows[0]).toMatchObject({ condition: 'clean', right: 1, placed: 1 });
});

test('fitted weights count all evidence for a candidate, none against', { timeout: 60_000 }, async () => {
  const weights = await fittedWeights({
    kernel: kernelModule,
    version: '0',
    files,
    read: async (path) => pieceOf(path),
    seconds: [3],
    only: ['clean', 'absent'],
    clips: 4,
    absent: 4,
    padding: 2,
  });
  expect(weights.bias).toBeLessThan(0);
  for (const name of ['contrast', 'steady'] as const) expect(weights[name]).toBeGreaterThan(0);
});
