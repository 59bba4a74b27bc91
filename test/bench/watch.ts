/**
 * `npm run bench -- watch [--hours 24] [--stations 10] [--music FOLDER] [--minutes MOST] [--before CLI]`: days of radio, as fast as they can
 * be heard. Stations on loopback play known and unknown songs with pauses; streams die, stall, send junk and come back at another rate.
 * The real `entendu watch` listens. Reported: plays missed and invented, their edges, memory, and what a stream costs; also every
 * simulated hour, in case it is interrupted. With `--before` (the `cli.js` of another build) both hear the first minutes of the same
 * programme before that.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Play, StationEvent } from '../../src/server/watch/station-play.ts';
import beginRun from '../support/built-once.ts';
import { builtForNode } from '../support/built-programs.ts';
import { ProcessUsage } from './process-usage.ts';
import { type Measured, measured, print } from './table.ts';
import { learnKnown, songsFrom } from './watch-material.ts';
import { costs, found, type Heard, hourLine } from './watch-results.ts';
import { Transmitter } from './watch-transmitter.ts';

const STALL_SECONDS = 10;
const SAMPLE_MS = 2000;
/** Of each stream. */
const COMPARED_HOURS = 0.1;

export async function run(args: string[]): Promise<Measured> {
  const { values } = parseArgs({
    args,
    options: {
      music: { type: 'string' },
      hours: { type: 'string', default: '24' },
      stations: { type: 'string', default: '10' },
      minutes: { type: 'string', default: '20000' },
      before: { type: 'string' },
    },
  });
  const folder = mkdtempSync(join(tmpdir(), 'entendu-bench-'));
  const endRun = beginRun();
  const programs = await builtForNode();
  try {
    const songs = await songsFrom(values.music && resolve(values.music));
    await learnKnown(songs, folder);
    const names = Array.from({ length: Number(values.stations) }, (_, i) => `Station ${i + 1}`);
    const program = join(programs, 'cli.js');
    const watched = async (cli: string, hours: number) => {
      const radio = await Transmitter.start(songs, names, 3600 * hours);
      const heard = await listened(cli, folder, radio, Number(values.minutes));
      await radio.stop();
      const known = songs.filter((song) => song.isKnown).length;
      const title = `${names.length} streams for ${hours} simulated hours, ${known} known songs`;
      return measured({ title, rows: [...found(heard), ...costs(heard)] });
    };
    if (values.before)
      for (const cli of [resolve(values.before), program]) {
        const table = await watched(cli, COMPARED_HOURS);
        print({ ...table, title: `${cli === program ? 'Now' : 'Before'}: ${table.title}` });
      }
    return await watched(program, Number(values.hours));
  } finally {
    endRun();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function listened(program: string, folder: string, radio: Transmitter, minutes: number): Promise<Heard> {
  const config = { stations: radio.stations(), silenceSeconds: 30, stallSeconds: STALL_SECONDS };
  writeFileSync(join(folder, 'stations.json'), JSON.stringify(config));
  const words = ['watch', '--json', '--config', join(folder, 'stations.json'), '--out', join(folder, 'out')];
  const child = spawn(process.execPath, [program, ...words, '--library', join(folder, 'library')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const heard: Heard = { radio, plays: [], lost: 0, usage: new ProcessUsage(child.pid ?? 0), wall: 0, hours: [] };
  createInterface({ input: child.stdout }).on('line', (line) => {
    const told = JSON.parse(line) as Play | StationEvent;
    if ('event' in told) heard.lost += told.event === 'lost' ? 1 : 0;
    else heard.plays.push(told);
  });
  const begun = performance.now();
  const sample = () => {
    heard.usage.sample();
    heard.wall = (performance.now() - begun) / 1000;
    const hour = hourLine(heard);
    if (hour) console.log(hour);
  };
  const timer = setInterval(sample, SAMPLE_MS);
  const late = setTimeout(() => radio.finish(), 60_000 * minutes);
  const ended = new Promise((over) => child.once('exit', over));
  await Promise.race([radio.isOver, ended]);
  sample();
  clearInterval(timer);
  clearTimeout(late);
  child.kill('SIGTERM');
  await ended;
  // What it wrote last may still be on its way.
  await delay(100);
  return heard;
}
