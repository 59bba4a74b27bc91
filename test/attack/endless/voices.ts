/** People who read aloud, by the program espeak-ng: many voices and languages, random sentences. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { between, type Random } from '../../../src/accuracy/random.ts';
import { wavFormat } from '../../../src/audio/formats/wav.ts';

const languages = ['en-us', 'en-gb', 'de', 'fr-fr', 'es', 'it', 'nl', 'pt', 'pl', 'sv', 'ru', 'cs', 'tr', 'fi'];
const variants = ['m1', 'm2', 'm3', 'm4', 'm7', 'f1', 'f2', 'f3', 'f4', 'croak', 'whisper'];
const WORDS_AT_ONCE = 60;

/** One text after the other, at `rate`. */
export function* voices(rate: number, random: Random): Generator<Float32Array> {
  const words = vocabulary();
  const one = <T>(of: readonly T[]) => of[Math.floor(random() * of.length)];
  for (;;) {
    const text = Array.from({ length: WORDS_AT_ONCE }, () => one(words) + (random() < 0.12 ? '.' : '')).join(' ');
    const speed = Math.round(between(random, 120, 210));
    const pitch = Math.round(between(random, 20, 80));
    const asked = ['-v', `${one(languages)}+${one(variants)}`, '-s', `${speed}`, '-p', `${pitch}`, '--stdout', text];
    yield samplesOf(execFileSync('espeak-ng', asked, { maxBuffer: 2 ** 28 }), rate);
  }
}

/** What people say here: the words of our own pages. */
function vocabulary(): string[] {
  const pages = ['README.md', 'src/README.md', 'src/library/FORMAT.md', 'assembly/README.md'];
  const text = pages.map((page) => readFileSync(new URL(`../../../${page}`, import.meta.url), 'utf8')).join(' ');
  return [...new Set(text.match(/\b[a-z]{2,12}\b/gi))];
}

/** espeak-ng writes WAV of 16 bits, always at its own rate. */
function samplesOf(bytes: Buffer, rate: number): Float32Array {
  const head = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const format = wavFormat(new DataView(bytes.buffer, bytes.byteOffset + 20, 16));
  if (format?.sampleRate !== rate) throw new Error(`espeak-ng speaks at ${format?.sampleRate} Hz, not ${rate}`);
  return Float32Array.from({ length: (bytes.length - 44) >> 1 }, (_, i) => head.getInt16(44 + 2 * i, true) / 2 ** 15);
}
