/**
 * `npm run bench -- recording --library FOLDER --file FILE [--only cli,page] [--rounds 3]`: how fast a long recording is recognised, by the
 * command line and in Chromium, decoding included. Run it on one core (`taskset -c 0`): the speed is that of the clock; the command
 * line's processor time is told, too. `accuracy mixes` measures what is found.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { findBrowser } from '../../.setup/browser.mjs';
import { openSoundStream } from '../../src/node/decode/open-file.ts';
import { serveFolder } from '../support/static-server.ts';
import { ProcessUsage } from './process-usage.ts';
import { type Measured, measured, type Row, rounded } from './table.ts';

const root = resolve(import.meta.dirname, '../..');
const program = join(root, 'dist/node/cli.js');
/** Imported songs are indexed in the background, which is not to be measured. */
const INDEXING_MS = 60_000;
const LONGEST_MS = 1_200_000;

interface Asked {
  library: string;
  file: string;
  seconds: number;
  rounds: number;
}

export async function run(args: string[]): Promise<Measured> {
  const { values } = parseArgs({
    args,
    options: {
      library: { type: 'string' },
      file: { type: 'string' },
      only: { type: 'string', default: 'cli,page' },
      rounds: { type: 'string', default: '3' },
    },
  });
  if (!values.library || !values.file) throw new Error('it needs --library and --file');
  const { NODE_ENV: _, ...env } = process.env;
  for (const what of ['build:node', 'build'])
    execFileSync('npm', ['run', '-s', what], { cwd: root, env, stdio: 'pipe' });
  const { seconds = 0 } = await openSoundStream(values.file);
  const asked = { library: values.library, file: resolve(values.file), seconds, rounds: Number(values.rounds) };
  const rows: Row[] = [];
  if (values.only.includes('cli')) rows.push(...(await byCommand(asked)));
  if (values.only.includes('page')) rows.push(...(await inPage(asked)));
  return measured({ title: `A recording of ${Math.round(seconds)} s`, rows }, ['mediabunny']);
}

async function byCommand({ library, file, seconds, rounds }: Asked): Promise<Row[]> {
  const wall: number[] = [];
  const processor: number[] = [];
  const megabytes: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const begun = performance.now();
    const child = spawn(process.execPath, [program, 'tracklist', '--library', library, file], { stdio: 'ignore' });
    const ended = once(child, 'exit');
    const usage = new ProcessUsage(child.pid as number);
    const timer = setInterval(() => usage.sample(), 100);
    await ended;
    clearInterval(timer);
    wall.push(seconds / ((performance.now() - begun) / 1000));
    processor.push(seconds / (usage.ownSeconds() + usage.childSeconds()));
    megabytes.push(Math.max(...usage.memory()));
  }
  return [
    { what: 'tracklist, by the clock', value: rounded(Math.max(...wall)), unit: 'x real', note: '100 or more' },
    { what: 'tracklist, by processor time', value: rounded(Math.max(...processor)), unit: 'x real' },
    { what: 'tracklist, memory of Node', value: rounded(Math.max(...megabytes)), unit: 'MB' },
  ];
}

async function inPage({ library, file, seconds, rounds }: Asked): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'entendu-bench-'));
  const bundle = join(folder, 'songs.entendu');
  execFileSync(process.execPath, [program, 'export', bundle, '--library', library]);
  const served = await serveFolder(join(root, 'dist/app'));
  const browser = await chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath: findBrowser(),
    args: ['--no-sandbox'],
    locale: 'en-GB',
  });
  try {
    const page = browser.pages()[0] ?? (await browser.newPage());
    page.setDefaultTimeout(LONGEST_MS);
    const choose = async (button: string, path: string) => {
      const chosen = page.waitForEvent('filechooser');
      await page.getByRole('button', { name: button }).first().click();
      await (await chosen).setFiles(path);
    };
    await page.goto(`${served.url}#library`);
    await choose('Open a bundle', bundle);
    await page.getByRole('button', { name: 'Add to my library' }).click();
    await page
      .getByText(/songs added$/)
      .first()
      .waitFor();
    await delay(INDEXING_MS);
    const speeds: number[] = [];
    for (let round = 0; round < rounds; round++) {
      await page.goto(`${served.url}#`);
      const begun = performance.now();
      await choose('A file or video', file);
      // Its address is the one that lasts once it is done.
      await page.waitForURL(/#recording\/\d{10,}$/);
      speeds.push(seconds / ((performance.now() - begun) / 1000));
    }
    return [
      { what: 'in Chromium, by the clock', value: rounded(Math.max(...speeds)), unit: 'x real', note: '100 or more' },
    ];
  } finally {
    await browser.close();
    served.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
