/**
 * Learns a recording of ten hours and a video of 3 GB in a browser and watches what that takes of memory, beyond an
 * empty page: less than 200 MB.
 * `node .setup/run.mjs test/learn/large-files.ts [--hours 10] [--gigabytes 3]` makes both files in the temporary folder
 * (the video with ffmpeg) and reads the memory of processes as Linux tells it.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { findBrowser } from '../../.setup/browser.mjs';
import { serveWorkbench } from '../workbench/start.ts';

const LIMIT_MB = 200;

const { values } = parseArgs({
  options: { hours: { type: 'string', default: '10' }, gigabytes: { type: 'string', default: '3' } },
});
const fixtures = join(import.meta.dirname, '../fixtures');
const folder = mkdtempSync(join(tmpdir(), 'large-'));

/** One tune over and over: frames of MP3 may follow each other in any number. */
function longRecording(hours: number): string {
  const path = join(folder, 'long.mp3');
  const tune = readFileSync(join(fixtures, '../../public/demo/sunday-garden.mp3'));
  const tuneSeconds = 25.1;
  const file = openSync(path, 'w');
  for (let seconds = 0; seconds < hours * 3600; seconds += tuneSeconds) writeSync(file, tune);
  closeSync(file);
  return path;
}

/** Uncompressed pictures, 13.8 MB a second, with a song that begins anew again and again. */
function largeVideo(gigabytes: number): string {
  const path = join(folder, 'large.mkv');
  const seconds = (gigabytes * 1000) / 13.8;
  const inputs = ['-f', 'lavfi', '-i', 'testsrc2=size=1280x720:rate=10'];
  inputs.push('-stream_loop', '-1', '-i', join(fixtures, 'night-bus.ogg'));
  const codecs = ['-c:v', 'rawvideo', '-pix_fmt', 'yuv420p', '-c:a', 'libopus'];
  const args = [...inputs, ...codecs, '-t', `${seconds}`];
  const { status, stderr } = spawnSync('ffmpeg', ['-v', 'error', ...args, path]);
  if (status !== 0) throw new Error(`ffmpeg: ${stderr}`);
  return path;
}

/** Memory of the pages' own processes, in MB, beyond what they share with others. */
function rendererMegabytes(root: number): number {
  let sum = 0;
  const below = new Set([root]);
  for (const pid of readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .sort((a, b) => a - b)) {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      if (!below.has(Number(/PPid:\s+(\d+)/.exec(status)?.[1]))) continue;
      below.add(pid);
      if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=renderer'))
        sum += Number(/RssAnon:\s+(\d+)/.exec(status)?.[1]) / 1024;
    } catch {
      // a process that ended while we looked
    }
  }
  return sum;
}

const served = await serveWorkbench();
const server = await chromium.launchServer({ executablePath: findBrowser(), args: ['--no-sandbox'] });
const browser = await chromium.connect(server.wsEndpoint());
const root = server.process().pid ?? 0;
let isGood = true;
try {
  for (const path of [longRecording(Number(values.hours)), largeVideo(Number(values.gigabytes))]) {
    const page = await browser.newPage();
    await page.goto(served.url);
    await page.waitForFunction(() => 'workbench' in window);
    await page.setInputFiles('input', path);
    const before = rendererMegabytes(root);
    let most = before;
    const watch = setInterval(() => (most = Math.max(most, rendererMegabytes(root))), 200);
    const { rows, ms, printBytes } = await page.evaluate(() => window.workbench.learn());
    clearInterval(watch);
    const [{ name, state, fault, track }] = rows;
    const megabytes = Math.round(statSync(path).size / 1e6);
    const hours = ((track?.learntSeconds ?? 0) / 3600).toFixed(2);
    const memory = `memory ${before.toFixed(0)} MB before, up to ${(most - before).toFixed(0)} MB more meanwhile`;
    console.log(`${name} (${megabytes} MB): ${state} ${fault ?? ''}, ${hours} h learnt in ${Math.round(ms / 1000)} s,`);
    console.log(`  print ${Math.round(printBytes[0] / 1024)} kB, ${memory}`);
    isGood &&= state === 'added' && most - before < LIMIT_MB;
    await page.close();
  }
} finally {
  await browser.close();
  await server.close();
  await served.close();
  rmSync(folder, { recursive: true });
}
process.exit(isGood ? 0 : 1);
