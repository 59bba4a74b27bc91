/**
 * The kernel beside chromaprint's `fpcalc`, where that is installed: seconds of sound in a second, for the same sound. They run in
 * turns, and the least time of each counts. What `fpcalc` takes to start is left out, by the difference of two lengths.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PRINT_RANK } from '../../src/kernel/format.ts';
import { KernelStream } from '../../src/kernel/kernel.ts';
import { music } from '../support/music.ts';
import { wavOf } from '../support/wav.ts';

const RATE = 44100;
const SHORT_SECONDS = 30;
const TIMES_LONGER = 10;
const ROUNDS = 7;

export interface BesideFpcalc {
  ours: number;
  fpcalc: number;
  version: string;
}

interface Sound {
  path: string;
  samples: Float32Array;
}

export function besideFpcalc(module: WebAssembly.Module): BesideFpcalc | undefined {
  const version = versionOf();
  if (!version) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'entendu-bench-'));
  try {
    const [short, long] = soundFiles(folder);
    const stream = new KernelStream(module, { sampleRate: RATE, maxRank: PRINT_RANK });
    const least = { short: Infinity, long: Infinity, ours: Infinity };
    for (let round = 0; round < ROUNDS; round++) {
      least.short = Math.min(
        least.short,
        secondsOf(() => fpcalc(short)),
      );
      least.long = Math.min(
        least.long,
        secondsOf(() => fpcalc(long)),
      );
      least.ours = Math.min(
        least.ours,
        secondsOf(() => hear(stream, long.samples)),
      );
    }
    const more = SHORT_SECONDS * (TIMES_LONGER - 1);
    return { ours: (SHORT_SECONDS * TIMES_LONGER) / least.ours, fpcalc: more / (least.long - least.short), version };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function versionOf(): string | undefined {
  try {
    return execFileSync('fpcalc', ['-version'], { encoding: 'utf8' }).split(' ')[2];
  } catch {
    return undefined;
  }
}

/** The same music once and several times. */
function soundFiles(folder: string): Sound[] {
  const song = music(SHORT_SECONDS, RATE).samples;
  return [1, TIMES_LONGER].map((times) => {
    const samples = new Float32Array(times * song.length);
    for (let i = 0; i < times; i++) samples.set(song, i * song.length);
    const path = join(folder, `${times}.wav`);
    writeFileSync(path, wavOf('s16', [samples], RATE));
    return { path, samples };
  });
}

/** It fails at the end of a WAV file, so the last second is left out. */
function fpcalc({ path, samples }: Sound): void {
  const seconds = samples.length / RATE - 1;
  execFileSync('fpcalc', ['-raw', '-length', `${seconds}`, path], { stdio: 'ignore' });
}

function hear(stream: KernelStream, samples: Float32Array): void {
  stream.reset();
  stream.push(samples);
  stream.finish();
  stream.takePeaks();
}

function secondsOf(run: () => void): number {
  const before = performance.now();
  run();
  return (performance.now() - before) / 1000;
}
