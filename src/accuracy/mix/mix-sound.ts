/** Plans a mix and makes its sound, second by second. */
import type { Pcm } from '../../types.ts';
import { between, type Random } from '../random.ts';
import { noiseOf, powerOf } from '../spoil/noises.ts';

export const MIX_RATE = 44_100;

/** A part of a track in a mix. */
export interface MixPiece {
  file: string;
  isKnown: boolean;
  /** In seconds of the mix, including the fades. */
  fromSeconds: number;
  toSeconds: number;
  /** Length of fade-in and fade-out in seconds. */
  fadeIn: number;
  fadeOut: number;
  /** Start in the track, 0..1 of the possible range; converted to seconds when the track is read. */
  place: number;
  trackSeconds?: number;
  speed: number;
  /** Talk over the music: in seconds of the mix, and signal-to-noise ratio in dB. */
  talk?: { fromSeconds: number; toSeconds: number; decibels: number };
}

const UNKNOWN_SHARE = 0.25;
const LOUDNESS = 0.1;

export function planMix(
  known: string[],
  unknown: string[],
  lengths: ReadonlyMap<string, number>,
  seconds: number,
  random: Random,
): MixPiece[] {
  const pieces: MixPiece[] = [];
  let last = '';
  for (let at = 0; at < seconds; ) {
    const isKnown = known.length > 0 && random() >= UNKNOWN_SHARE;
    const deck = isKnown ? known : unknown;
    let file = deck[Math.floor(random() * deck.length)];
    if (file === last && deck.length > 1) file = deck[(deck.indexOf(file) + 1) % deck.length];
    last = file;
    const speed = random() < 0.3 ? 1 : 1 + between(random, -0.05, 0.05);
    const length = Math.min(between(random, 15, 90), ((lengths.get(file) ?? 0) / speed) * 0.95);
    const fadeIn = pieces.at(-1)?.fadeOut ?? 0;
    const fadeOut = random() < 0.7 ? between(random, 1, 6) : 0.02;
    const fromSeconds = Math.max(0, at - fadeIn);
    const piece: MixPiece = {
      ...{ file, isKnown, fromSeconds, toSeconds: fromSeconds + length, fadeIn, fadeOut },
      place: random(),
      speed,
    };
    if (random() < 0.3) piece.talk = talkOver(piece, random);
    pieces.push(piece);
    at = piece.toSeconds;
  }
  return pieces;
}

function talkOver({ fromSeconds, toSeconds }: MixPiece, random: Random): MixPiece['talk'] {
  const length = between(random, 3, Math.min(15, 0.5 * (toSeconds - fromSeconds)));
  const from = between(random, fromSeconds, toSeconds - length);
  return { fromSeconds: from, toSeconds: from + length, decibels: between(random, -6, 6) };
}

/** Perceived beginning and end in seconds: the middles of the fades. */
export const heardSpan = ({ fromSeconds, toSeconds, fadeIn, fadeOut }: MixPiece) => ({
  fromSeconds: fromSeconds + fadeIn / 2,
  toSeconds: toSeconds - fadeOut / 2,
});

export async function* mixSound(
  pieces: MixPiece[],
  read: (file: string) => Promise<Pcm | undefined>,
  random: Random,
): AsyncGenerator<Float32Array> {
  /** The part of the previous sound that overlaps the next piece. */
  let tail = new Float32Array(0);
  for (const [i, piece] of pieces.entries()) {
    const sound = await soundOf(piece, read, random);
    for (let n = 0; n < Math.min(tail.length, sound.length); n++) sound[n] += tail[n];
    const next = pieces[i + 1];
    const kept = next ? Math.round((next.fromSeconds - piece.fromSeconds) * MIX_RATE) : sound.length;
    for (let at = 0; at < kept; at += MIX_RATE) yield sound.slice(at, Math.min(at + MIX_RATE, kept));
    tail = sound.slice(kept);
  }
}

async function soundOf(piece: MixPiece, read: (file: string) => Promise<Pcm | undefined>, random: Random) {
  const { fromSeconds, toSeconds, fadeIn, fadeOut, place, speed, talk } = piece;
  const length = Math.round((toSeconds - fromSeconds) * MIX_RATE);
  const sound = new Float32Array(length);
  const pcm = await read(piece.file);
  if (pcm) {
    const needed = (toSeconds - fromSeconds) * speed;
    const total = pcm.samples.length / pcm.sampleRate;
    piece.trackSeconds = Math.max(0, place * (total - needed));
    resample(pcm, piece.trackSeconds, speed, sound);
    const gain = LOUDNESS / Math.sqrt(powerOf(sound) + 1e-9);
    for (let n = 0; n < length; n++) sound[n] *= gain * fade(n / MIX_RATE, length / MIX_RATE, fadeIn, fadeOut);
  }
  if (talk) {
    const [begin, end] = [talk.fromSeconds, talk.toSeconds].map((at) => Math.round((at - fromSeconds) * MIX_RATE));
    const words = noiseOf('talkers', end - begin, MIX_RATE, random);
    const gain = (LOUDNESS * 10 ** (-talk.decibels / 20)) / Math.sqrt(powerOf(words) + 1e-9);
    for (let n = begin; n < end; n++) sound[n] += gain * words[n - begin];
  }
  return sound;
}

/** Equal-power crossfade. */
function fade(at: number, seconds: number, fadeIn: number, fadeOut: number): number {
  const part = Math.min(1, at / Math.max(fadeIn, 1e-3), (seconds - at) / Math.max(fadeOut, 1e-3));
  return Math.sin((Math.PI / 2) * Math.max(0, part));
}

/** Fills `sound` with the track from a given second on, played `speed` times as fast, by cubic interpolation. */
function resample({ samples, sampleRate }: Pcm, fromSeconds: number, speed: number, sound: Float32Array): void {
  const step = (speed * sampleRate) / MIX_RATE;
  const at = (i: number) => samples[i] ?? 0;
  for (let n = 0; n < sound.length; n++) {
    const place = fromSeconds * sampleRate + n * step;
    const whole = Math.floor(place);
    const t = place - whole;
    const [a, b, c, d] = [at(whole - 1), at(whole), at(whole + 1), at(whole + 2)];
    sound[n] = b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
  }
}
