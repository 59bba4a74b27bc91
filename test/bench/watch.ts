/**
 * `npm run bench -- watch [--hours 24] [--stations 10] [--music FOLDER] [--minutes MOST]`: days of radio, as fast as they can be heard.
 * Stations on loopback play known and unknown songs with pauses; streams die, stall, send junk and come back at another rate. The
 * real `entendu watch` listens. Told: plays missed and invented, memory, and what a stream costs.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Play, StationEvent } from '../../src/server/watch/station-play.ts';
import { buildCommandLine } from '../attack/command-line.ts';
import { commonOrder } from './common-order.ts';
import { ProcessUsage } from './process-usage.ts';
import { type Measured, measured, type Row, rounded } from './table.ts';
import { learnKnown, songsFrom } from './watch-material.ts';
import { Transmitter } from './watch-transmitter.ts';

const STALL_SECONDS = 20;
const SAMPLE_MS = 5000;

export async function run(args: string[]): Promise<Measured> {
  const { values } = parseArgs({
    args,
    options: {
      music: { type: 'string' },
      hours: { type: 'string', default: '24' },
      stations: { type: 'string', default: '10' },
      minutes: { type: 'string', default: '20000' },
    },
  });
  const folder = mkdtempSync(join(tmpdir(), 'entendu-bench-'));
  const { programs, remove } = await buildCommandLine();
  try {
    const songs = await songsFrom(values.music && resolve(values.music));
    await learnKnown(songs, folder);
    const names = Array.from({ length: Number(values.stations) }, (_, i) => `Station ${i + 1}`);
    const transmitter = await Transmitter.start(songs, names, 3600 * Number(values.hours));
    const rows = await listened(programs, folder, transmitter, Number(values.minutes));
    await transmitter.stop();
    const title = `${names.length} streams for ${values.hours} simulated hours, ${songs.filter((song) => song.isKnown).length} known songs`;
    return measured({ title, rows });
  } finally {
    remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function listened(programs: string, folder: string, radio: Transmitter, minutes: number): Promise<Row[]> {
  const config = { stations: radio.stations(), silenceSeconds: 30, stallSeconds: STALL_SECONDS };
  writeFileSync(join(folder, 'stations.json'), JSON.stringify(config));
  const words = ['watch', '--json', '--config', join(folder, 'stations.json'), '--out', join(folder, 'out')];
  const child = spawn(process.execPath, [join(programs, 'cli.js'), ...words, '--library', join(folder, 'library')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const plays: Play[] = [];
  let lost = 0;
  createInterface({ input: child.stdout }).on('line', (line) => {
    const told = JSON.parse(line) as Play | StationEvent;
    if ('event' in told) lost += told.event === 'lost' ? 1 : 0;
    else plays.push(told);
  });
  const usage = new ProcessUsage(child.pid ?? 0);
  const timer = setInterval(() => usage.sample(), SAMPLE_MS);
  const begun = performance.now();
  const ended = new Promise((over) => child.once('exit', over));
  await Promise.race([radio.isOver, ended, delay(60_000 * minutes, undefined, { ref: false })]);
  const wall = (performance.now() - begun) / 1000;
  usage.sample();
  clearInterval(timer);
  child.kill('SIGTERM');
  await ended;
  return [...found(radio, plays), ...costs(radio, usage, wall, lost)];
}

/** Plays against what was sent, in their order. Where a stream broke off, one song may be told as two plays. */
function found(radio: Transmitter, plays: Play[]): Row[] {
  let sent = 0;
  let met = 0;
  let told = 0;
  for (const { name, played } of radio.sent()) {
    const heard = plays.filter(({ station }) => station === name).map(({ track }) => track.title);
    const once = heard.filter((title, i) => title !== heard[i - 1]);
    sent += played.length;
    told += once.length;
    met += commonOrder(played, once);
  }
  return [
    { what: 'plays sent', value: sent, unit: '' },
    { what: 'not found', value: sent - met, unit: '', note: 'must be 0' },
    { what: 'invented', value: told - met, unit: '', note: 'must be 0' },
  ];
}

function costs(radio: Transmitter, usage: ProcessUsage, wall: number, lost: number): Row[] {
  const seconds = radio.secondsSent();
  const memory = usage.memory();
  const quarter = Math.max(1, Math.floor(memory.length / 4));
  const mean = (part: number[]) => part.reduce((sum, value) => sum + value, 0) / part.length;
  // The first tenth fills caches.
  const steady = memory.slice(Math.floor(memory.length / 10));
  const [first, last] = [mean(steady.slice(0, quarter)), mean(steady.slice(-quarter))];
  return [
    { what: 'hours of sound', value: rounded(seconds / 3600), unit: 'h' },
    { what: 'times faster than real, all streams together', value: rounded(seconds / wall), unit: 'x' },
    {
      what: 'cores a stream takes when it is live, watch itself',
      value: rounded(usage.ownSeconds() / seconds),
      unit: 'cores',
    },
    {
      what: 'cores a stream takes when it is live, its ffmpeg',
      value: rounded(usage.childSeconds() / seconds),
      unit: 'cores',
    },
    { what: 'memory, first quarter', value: rounded(first), unit: 'MB' },
    {
      what: 'memory, last quarter',
      value: rounded(last),
      unit: 'MB',
      note: `${rounded(100 * (last / first - 1))} % more; within 10`,
    },
    { what: 'connections lost and made again', value: lost, unit: '' },
  ];
}
