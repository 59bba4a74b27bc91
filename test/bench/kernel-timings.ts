/** How fast the kernel and its stages are; runs wherever there is WebAssembly. Every time is the least of many batches. */
import createPffft from '@echogarden/pffft-wasm/simd';
import FFT from 'fft.js';
import { PRINT_RANK } from '../../src/kernel/format.ts';
import { KernelStream } from '../../src/kernel/kernel.ts';
import { music } from '../support/music.ts';
import { type Stages, startStages } from '../support/stages.ts';
import { agreement, plainPeaks } from './plain-pipeline.ts';

export interface Timings {
  /** Microseconds for a real transform. */
  transforms: { size: number; ours: number; pffft: number; pffftOrdered: number; fftJs: number }[];
  /** Seconds of sound in a second, by the rate of the sound. */
  speeds: Record<number, number>;
  /** Microseconds for a second of a live query, by rate: resampled once, or again for each analysis. */
  queries: Record<number, { together: number; apart: number }>;
  plainSpeed: number;
  /** Share of peaks on which the kernel and the plain pipeline agree. */
  agreement: number;
  /** Microseconds a second of sound from 44.1 kHz, by stage. */
  stages: Record<string, number>;
  instanceMs: number;
}

/** A batch lasts so long: clocks of browsers tick ten times a millisecond only, and longer ones are oftener disturbed. */
const BATCH_MS = 4;

function batchMs(runs: number, run: () => void): number {
  const before = performance.now();
  for (let i = 0; i < runs; i++) run();
  return performance.now() - before;
}

/** Microseconds that each takes, the least of `batches`; in turns, so that a busy moment does not hit one of them only. */
function race<Name extends string>(contenders: Record<Name, () => void>, batches = 120): Record<Name, number> {
  const names = Object.keys(contenders) as Name[];
  const runs = names.map((name) => {
    let count = 1;
    const isShort = () => [0, 0, 0].some(() => batchMs(count, contenders[name]) < BATCH_MS);
    while (isShort()) count *= 2;
    return count;
  });
  const best = names.map(() => Number.POSITIVE_INFINITY);
  for (let batch = 0; batch < batches; batch++)
    names.forEach((name, i) => {
      best[i] = Math.min(best[i], (batchMs(runs[i], contenders[name]) / runs[i]) * 1000);
    });
  return Object.fromEntries(names.map((name, i) => [name, best[i]])) as Record<Name, number>;
}

/** Microseconds that one run takes. */
function time(run: () => void, batches = 60): number {
  return race({ run }, batches).run;
}

async function transforms(stages: Stages): Promise<Timings['transforms']> {
  const pffft = await createPffft();
  const { frame, stages: kernel } = stages;
  return [1024, 2048].map((size) => {
    const sound = music(1).samples.subarray(3000, 3000 + size);
    frame.set(sound);
    kernel.prepareTransform(size, false);
    const [REAL, FORWARD] = [0, 0];
    const setup = pffft._pffft_new_setup(size, REAL);
    const [input, output, work] = [0, 0, 0].map(() => pffft._pffft_aligned_malloc(4 * size));
    pffft.HEAPF32.set(sound, input / 4);
    const fftJs = new FFT(size);
    const out = fftJs.createComplexArray();
    // In turns, so that a busy moment of the machine does not hit one of them only.
    const times = race({
      ours: () => kernel.transformFrame(size),
      pffft: () => pffft._pffft_transform(setup, input, output, work, FORWARD),
      pffftOrdered: () => pffft._pffft_transform_ordered(setup, input, output, work, FORWARD),
      fftJs: () => fftJs.realTransform(out, sound),
    });
    return { size, ...times };
  });
}

/** A second of sound as a live query hears it, in quarters: analysed at four shifts, once with the map. Microseconds. */
function queryTimes(module: WebAssembly.Module, sampleRate: number): Timings['queries'][number] {
  const seconds = 10;
  const { samples } = music(seconds, sampleRate);
  const block = sampleRate / 4;
  const shifts = [0, 64, 128, 192];
  const query = { sampleRate, maxRank: 60 };
  const one = new KernelStream(module, { ...query, shifts, map: true });
  const four = shifts.map((shift) => new KernelStream(module, { ...query, shifts: [shift], map: shift === 0 }));
  const hear = (streams: KernelStream[]) => {
    for (const stream of streams) stream.reset();
    for (let at = 0; at < samples.length; at += block)
      for (const stream of streams) stream.push(samples.subarray(at, at + block));
  };
  const { together, apart } = race({ together: () => hear([one]), apart: () => hear(four) });
  return { together: together / seconds, apart: apart / seconds };
}

function speed(module: WebAssembly.Module, sampleRate: number): number {
  const seconds = 10;
  const { samples } = music(seconds, sampleRate);
  const stream = new KernelStream(module, { sampleRate, maxRank: PRINT_RANK });
  const us = time(() => {
    stream.reset();
    stream.push(samples);
    stream.finish();
    stream.takePeaks();
  });
  return (seconds * 1e6) / us;
}

/** Each stage by itself, for a second of sound. */
function stageTimes({ stages, samples, frame, inputCapacity }: Stages): Record<string, number> {
  const framesPerSecond = 11025 / 256;
  const sound = music(4);
  const rows: Int16Array[] = [];
  const floors: number[] = [];
  const row = new Int16Array(stages.memory.buffer, stages.row.value, stages.ROW_BINS.value);
  for (let start = 0; start + 2048 <= sound.samples.length; start += 256) {
    frame.set(sound.samples.subarray(start, start + 2048));
    floors.push(stages.makeRow());
    rows.push(row.slice());
  }
  stages.prepareTransform(2048, true);
  const transform = time(() => stages.transformFrame(2048));
  const log = time(() => stages.makeRow()) - transform;
  const maxima = time(() => stages.makeMaxima());
  const judging = (accept: (floor: number) => void) =>
    time(() => {
      stages.startPeaks(PRINT_RANK);
      rows.forEach((row, i) => {
        new Int16Array(stages.memory.buffer, stages.nextRow(), row.length).set(row);
        stages.clearPeaks();
        accept(floors[i]);
      });
    }) / rows.length;
  const judge = judging((floor) => stages.addRow(floor)) - judging(() => stages.clearPeaks()) - maxima;
  const map = time(() => stages.makeMap());
  samples.set(music(1, 44100).samples.subarray(0, inputCapacity));
  stages.startResampler(44100);
  const resample = time(() => stages.resample(inputCapacity));
  return {
    'resampling from 44.1 kHz': (resample * 44100) / inputCapacity,
    'window and transform': transform * framesPerSecond,
    'log power': log * framesPerSecond,
    'maxima of rows': maxima * framesPerSecond,
    'judging and ranking': judge * framesPerSecond,
    'map, for live queries only': map * framesPerSecond,
  };
}

export async function timings(kernel: WebAssembly.Module, stagesModule: WebAssembly.Module): Promise<Timings> {
  const stages = startStages(stagesModule);
  const song = music(4, 44100).samples;
  const bar = song.subarray(0, 44100);
  const rates = [11025, 22050, 44100, 48000, 96000];
  return {
    transforms: await transforms(stages),
    speeds: Object.fromEntries(rates.map((rate) => [rate, speed(kernel, rate)])),
    queries: Object.fromEntries([44100, 48000].map((rate) => [rate, queryTimes(kernel, rate)])),
    plainSpeed: 1e6 / time(() => plainPeaks(bar), 200),
    agreement: agreement(kernel, song),
    stages: stageTimes(stages),
    instanceMs: time(() => new KernelStream(kernel, { sampleRate: 48000, maxRank: PRINT_RANK }), 20) / 1000,
  };
}
