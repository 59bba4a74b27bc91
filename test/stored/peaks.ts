/** Sounds that are the same to the bit on every machine, and the kernel's output for them. */
import { openAsBlob, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSound } from '../../src/audio/decode.ts';
import { FRAMES_PER_SECOND, KERNEL_FORMAT, PRINT_RANK } from '../../src/kernel/format.ts';
import { KernelStream } from '../../src/kernel/kernel.ts';
import { writeBundle } from '../../src/library/bundle/write-bundle.ts';
import { openLibrary } from '../../src/library/library.ts';
import { packPrint, printOf } from '../../src/library/prints/pack-print.ts';
import { checksum } from '../../src/library/shelf/checksum.ts';
import { openMemory } from '../../src/library/shelf/memory.ts';
import type { Pcm, Peaks } from '../../src/types.ts';
import { kernelModule } from '../support/kernel.ts';
import { matching } from '../support/matching.ts';
import { random } from '../support/random.ts';

const fixtures = join(import.meta.dirname, '../fixtures');
/** Only formats that our own code reads, because other decoders may round differently. */
const FILES = ['06 - The Fixtures - Green Clock.wav', 'first_snow.aiff'];
const FILE_SECONDS = 12;
const RATES = [8_000, 11_025, 44_100, 48_000, 96_000];

export const storedPeaks = (format: number) => join(import.meta.dirname, `peaks-format-${format}.txt`);
export const storedBytes = join(import.meta.dirname, 'bytes.json');

export interface Sound extends Pcm {
  name: string;
}

/** Chords of square waves that change with the seed, over noise: sums of whole numbers, so exact. */
function seeded(seed: number, sampleRate: number, seconds: number): Float32Array {
  const next = random(seed);
  const samples = new Float32Array(sampleRate * seconds);
  for (let start = 0; start < samples.length; start += sampleRate >> 2) {
    const periods = Array.from({ length: 5 }, () => Math.round(sampleRate / (200 + Math.floor(next() * 3000))));
    const end = Math.min(samples.length, start + (sampleRate >> 2));
    for (let i = start; i < end; i++) {
      let sum = Math.floor(next() * 64) - 32;
      for (const period of periods) sum += (i % period) * 2 < period ? 100 : -100;
      samples[i] = sum / 1024;
    }
  }
  return samples;
}

export async function sounds(): Promise<Sound[]> {
  const made = RATES.map((sampleRate, i) => ({
    name: `seed ${i + 1}, ${sampleRate} Hz`,
    samples: seeded(i + 1, sampleRate, 6),
    sampleRate,
  }));
  return [...(await Promise.all(FILES.map(fileSound))), ...made];
}

async function fileSound(name: string): Promise<Sound> {
  const file = await openSound(await openAsBlob(join(fixtures, name)));
  const parts: number[] = [];
  let sampleRate = 0;
  for await (const block of file.blocks()) {
    sampleRate = block.sampleRate;
    if (parts.length < FILE_SECONDS * sampleRate) parts.push(...block.samples);
  }
  return { name, samples: Float32Array.from(parts), sampleRate };
}

export function peaksOfSound({ samples, sampleRate }: Pcm, maxRank: number): Peaks {
  const stream = new KernelStream(kernelModule, { sampleRate, maxRank });
  stream.push(samples);
  stream.finish();
  return stream.takePeaks();
}

/** One line per peak: frame, bin, level, rank, and the fractions of frame and bin. */
export async function peaksText(): Promise<string> {
  const lines: string[] = [];
  for (const sound of await sounds()) {
    const { count, frames, bins, levels, ranks, frameFractions, binFractions } = peaksOfSound(sound, PRINT_RANK);
    lines.push(`# ${sound.name}: ${count} peaks`);
    for (let i = 0; i < count; i++) {
      lines.push([frames[i], bins[i], levels[i], ranks[i], frameFractions[i], binFractions[i]].join(' '));
    }
  }
  return `${lines.join('\n')}\n`;
}

/** Checksums of all stored formats: prints, the rows of the index, a bundle. */
export async function bytesMade(): Promise<Record<string, string>> {
  const shelf = openMemory();
  const library = await openLibrary(shelf, { ...matching, sealPostings: 2000 });
  const made: Record<string, string> = {};
  const hex = (bytes: Uint8Array) => `${bytes.length} bytes ${checksum(bytes).toString(16).padStart(8, '0')}`;
  for (const [i, sound] of (await sounds()).entries()) {
    const seconds = sound.samples.length / sound.sampleRate;
    const print = packPrint(
      printOf(peaksOfSound(sound, PRINT_RANK), Math.ceil(seconds * FRAMES_PER_SECOND), KERNEL_FORMAT),
    );
    made[`print of ${sound.name}`] = hex(print);
    const tags = { title: sound.name };
    const contentId = String(i).padStart(32, '0');
    await library.add({ tags, contentId, fileName: '', seconds, learntSeconds: seconds, print, added: 1 });
  }
  await library.settled();
  for (const store of ['segments', 'pages'] as const) {
    for (const [key, row] of await shelf.list(store)) made[`${store} ${key}`] = hex(row);
  }
  const pieces: Uint8Array[] = [];
  await writeBundle(library, KERNEL_FORMAT, { name: 'Stored', made: 1 }, async (bytes) => void pieces.push(bytes));
  made.bundle = hex(Buffer.concat(pieces));
  return made;
}

export const read = (path: string) => readFileSync(path, 'utf8');
