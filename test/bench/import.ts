/**
 * How long it takes to learn a folder of music, and how long merely decoding it in as many workers takes, in the browser:
 * `npm run bench -- import --music FOLDER [--files 40]`. Without a folder, the fixtures.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isSound } from '../../src/learn/sound-names.ts';
import { openWorkbench } from '../workbench/start.ts';
import { type Measured, measured, rounded } from './table.ts';

const ROUNDS = 3;

export async function run(args: string[]): Promise<Measured> {
  const { values } = parseArgs({
    args,
    options: {
      music: { type: 'string', default: join(import.meta.dirname, '../fixtures') },
      files: { type: 'string', default: '40' },
    },
  });
  const paths = readdirSync(values.music)
    .filter((name) => isSound({ name, type: '' }) && !/empty|shopping|silent|encrypted|\.(wav|aiff|ts)$/.test(name))
    .slice(0, Number(values.files))
    .map((name) => join(values.music, name));

  const bench = await openWorkbench();
  try {
    await bench.page.setInputFiles('input', paths);
    const best = { decode1: Number.POSITIVE_INFINITY, decode2: Infinity, learn1: Infinity, learn2: Infinity };
    let seconds = 0;
    let longest = 0;
    let learnt = 0;
    for (let round = 0; round < ROUNDS; round++) {
      for (const workers of [1, 2] as const) {
        const decoded = await bench.page.evaluate((count) => window.workbench.decode(count), workers);
        const outcome = await bench.page.evaluate((learnerCount) => window.workbench.learn({ learnerCount }), workers);
        best[`decode${workers}`] = Math.min(best[`decode${workers}`], decoded.ms);
        best[`learn${workers}`] = Math.min(best[`learn${workers}`], outcome.ms);
        seconds = decoded.seconds;
        longest = Math.max(longest, ...outcome.longTasks);
        learnt = outcome.rows.filter(({ state }) => state === 'added').length;
      }
    }
    const speed = (ms: number) => rounded((1000 * seconds) / ms);
    return measured(
      {
        title: `Importing ${learnt} of ${paths.length} files, ${rounded(seconds / 60)} minutes of music (best of ${ROUNDS})`,
        rows: [
          { what: 'decoding, 1 worker', value: speed(best.decode1), unit: 'x real' },
          { what: 'importing, 1 worker', value: speed(best.learn1), unit: 'x real' },
          { what: 'decoding, 2 workers', value: speed(best.decode2), unit: 'x real' },
          { what: 'importing, 2 workers', value: speed(best.learn2), unit: 'x real' },
          {
            what: 'importing : decoding, 1 worker',
            value: rounded(best.learn1 / best.decode1),
            unit: '',
            note: '<= 1.25',
          },
          {
            what: 'importing : decoding, 2 workers',
            value: rounded(best.learn2 / best.decode2),
            unit: '',
            note: '<= 1.25',
          },
          {
            what: '1 worker : 2 workers, importing',
            value: rounded(best.learn1 / best.learn2),
            unit: '',
            note: '>= 1.6',
          },
          { what: 'longest task of the page', value: rounded(longest), unit: 'ms', note: '<= 50' },
        ],
      },
      ['mediabunny', '@playwright/test'],
    );
  } finally {
    await bench.close();
  }
}
