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

/** The machine is not ours alone: what is compared is done one after the other, several times, and the middle one told. */
const ROUNDS = 5;
const COUNTS = [1, 2] as const;

interface Round {
  decodeMs: number;
  learnMs: number;
}

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
    const rounds: Record<(typeof COUNTS)[number], Round[]> = { 1: [], 2: [] };
    let seconds = 0;
    let longest = 0;
    let learnt = 0;
    for (let round = 0; round < ROUNDS; round++) {
      for (const count of COUNTS) {
        const decode = async () => {
          const decoded = await bench.page.evaluate((workers) => window.workbench.decode(workers), count);
          seconds = decoded.seconds;
          return decoded.ms;
        };
        const learn = async () => {
          const outcome = await bench.page.evaluate((learnerCount) => window.workbench.learn({ learnerCount }), count);
          longest = Math.max(longest, ...outcome.longTasks);
          learnt = outcome.rows.filter(({ state }) => state === 'added').length;
          return outcome.ms;
        };
        // Neither goes first every time.
        const learntFirst = round % 2 ? await learn() : undefined;
        const decodeMs = await decode();
        rounds[count].push({ decodeMs, learnMs: learntFirst ?? (await learn()) });
      }
    }
    const speed = (what: keyof Round, count: (typeof COUNTS)[number]) => {
      const { middle } = spreadOf(rounds[count].map((round) => round[what]));
      return rounded((1000 * seconds) / middle);
    };
    const compared = (what: string, ratios: number[], bound: string) => {
      const { least, middle, most } = spreadOf(ratios);
      const note = `${bound}; of ${ROUNDS} rounds ${rounded(least)} to ${rounded(most)}`;
      return { what, value: rounded(middle), unit: '', note };
    };
    const cost = (count: (typeof COUNTS)[number]) => rounds[count].map(({ learnMs, decodeMs }) => learnMs / decodeMs);
    const gain = rounds[1].map(({ learnMs }, round) => learnMs / rounds[2][round].learnMs);
    return measured(
      {
        title: `Importing ${learnt} of ${paths.length} files, ${rounded(seconds / 60)} minutes of music`,
        rows: [
          { what: 'decoding, 1 worker', value: speed('decodeMs', 1), unit: 'x real' },
          { what: 'importing, 1 worker', value: speed('learnMs', 1), unit: 'x real' },
          { what: 'decoding, 2 workers', value: speed('decodeMs', 2), unit: 'x real' },
          { what: 'importing, 2 workers', value: speed('learnMs', 2), unit: 'x real' },
          compared('importing : decoding, 1 worker', cost(1), '<= 1.25'),
          compared('importing : decoding, 2 workers', cost(2), '<= 1.25'),
          compared('1 worker : 2 workers, importing', gain, '>= 1.6'),
          { what: 'longest task of the page', value: rounded(longest), unit: 'ms', note: '<= 50' },
        ],
      },
      ['mediabunny', '@playwright/test'],
    );
  } finally {
    await bench.close();
  }
}

function spreadOf(values: number[]): { least: number; middle: number; most: number } {
  const sorted = values.toSorted((a, b) => a - b);
  return { least: sorted[0], middle: sorted[sorted.length >> 1], most: sorted[sorted.length - 1] };
}
