/**
 * Classifies the sound of gaps, or leaves it open if that would be a guess. Each block of ten seconds is classified separately; a gap gets
 * the class of its blocks if these do not contradict each other. Silence and noise, which are told reliably, are parts of their own.
 *
 * Measured on blocks that were not used for choosing the thresholds: see `accuracy/README.md`.
 */
import { BIN_COUNT, FRAMES_PER_SECOND } from '../kernel/format.ts';
import type { Gap, GapSound } from './session-model.ts';
import { FeatureSums, type SoundFeatures } from './sound-features.ts';

const BLOCK_SECONDS = 10;
const BLOCK_FRAMES = Math.round(BLOCK_SECONDS * FRAMES_PER_SECOND);
/** A block belongs to a gap if this share of it is within the gap. */
const INSIDE = 0.6;
/** A class must be this many times as frequent as a contradicting one. */
const CLEARLY = 4;

/** Silence or noise becomes a part of its own if it lasts for at least so many blocks. */
const LEAST_BLOCKS = 2;
/** Silence is also told in a gap too short for that, by its own level; its first and last second may belong to the songs beside it. */
const EDGE_SECONDS = 1;
const LEAST_SILENT_SECONDS = 2;

/** What is left of a gap beside such a part is added to it if it is shorter: edges of blocks are no edges of the sound. */
const LEAST_REST_SECONDS = 10;

const SILENT_DB = -65;
/** Noise is similar in all bins, whatever its colour; the loudness of a fan or of mains hum is constant. */
const NOISE_TONALITY = 0.02;
const HUM_UNREST = 0.2;

export function soundOf({ steadiness, tonality, unrest, levelDb }: SoundFeatures): GapSound {
  if (levelDb < SILENT_DB) return 'silence';
  if (tonality < NOISE_TONALITY || unrest < HUM_UNREST) return 'noise';
  if (steadiness > 0.27 || (steadiness > 0.12 && unrest < 1.75) || (steadiness > 0.1 && unrest < 1.6)) return 'music';
  if (unrest > 2.5 && steadiness < 0.12 && tonality < 0.12) return 'talk';
  return 'unclear';
}

export class GapSounds {
  /** The class of each complete block. */
  private readonly words: GapSound[] = [];
  private rows = new FeatureSums();
  /** The level arrives before the rows; its complete blocks wait for their rows. */
  private levels: number[][] = [[]];
  private seconds = 0;
  /** Mean power of each second. */
  private readonly powers: number[] = [];
  private secondBegun = { energy: 0, seconds: 0 };

  /** Takes rows of the map, each frame once and in order. */
  pushRows(rows: Uint8Array): void {
    for (let at = 0; at < rows.length; at += BIN_COUNT) {
      this.rows.pushRow(rows.subarray(at, at + BIN_COUNT));
      if (this.rows.frameCount === BLOCK_FRAMES) this.endBlock();
    }
  }

  /** Takes the mean power of about the next quarter second. */
  pushPower(power: number, seconds: number): void {
    this.addPower(power, seconds);
    this.seconds += seconds;
    this.levels.at(-1)?.push(power);
    if (this.seconds < BLOCK_SECONDS) return;
    this.seconds -= BLOCK_SECONDS;
    this.levels.push([]);
  }

  /** A gap, or its parts if long silence or noise lies within it. */
  partsOf(fromSeconds: number, toSeconds: number): Gap[] {
    const parts: Gap[] = [];
    let until = fromSeconds;
    const add = (to: number, sound: GapSound) => {
      if (to > until) parts.push({ fromSeconds: until, toSeconds: to, sound });
      until = Math.max(until, to);
    };
    for (const { from, to, sound } of this.plainRuns(fromSeconds, toSeconds)) {
      if (from - until >= LEAST_REST_SECONDS) add(from, this.soundOf(until, from));
      add(toSeconds - to >= LEAST_REST_SECONDS ? to : toSeconds, sound);
    }
    add(toSeconds, this.soundOf(until, toSeconds));
    return parts;
  }

  /** Long silence or noise within a gap, in seconds. */
  private *plainRuns(fromSeconds: number, toSeconds: number): Generator<{ from: number; to: number; sound: GapSound }> {
    const first = Math.ceil(fromSeconds / BLOCK_SECONDS);
    const end = Math.min(this.words.length, Math.floor(toSeconds / BLOCK_SECONDS));
    for (let i = first, next = first; i < end; i = next) {
      const sound = this.words[i];
      while (next < end && this.words[next] === sound) next++;
      if ((sound === 'silence' || sound === 'noise') && next - i >= LEAST_BLOCKS)
        yield { from: i * BLOCK_SECONDS, to: next * BLOCK_SECONDS, sound };
    }
  }

  soundOf(fromSeconds: number, toSeconds: number): GapSound {
    if (this.isSilent(fromSeconds + EDGE_SECONDS, toSeconds - EDGE_SECONDS)) return 'silence';
    const counts: Record<GapSound, number> = { music: 0, talk: 0, noise: 0, silence: 0, unclear: 0 };
    let blocks = 0;
    for (const [i, word] of this.words.entries()) {
      const begin = i * BLOCK_SECONDS;
      const inside = Math.min(toSeconds, begin + BLOCK_SECONDS) - Math.max(fromSeconds, begin);
      if (inside < INSIDE * BLOCK_SECONDS) continue;
      counts[word]++;
      blocks++;
    }
    for (const plain of ['silence', 'noise'] as const) if (counts[plain] > blocks / 2) return plain;
    if (counts.music > 0 && counts.music >= CLEARLY * counts.talk) return 'music';
    if (counts.talk > 0 && counts.talk >= CLEARLY * counts.music) return 'talk';
    return 'unclear';
  }

  private isSilent(fromSeconds: number, toSeconds: number): boolean {
    const within = this.powers.slice(Math.ceil(fromSeconds), Math.floor(toSeconds));
    return within.length >= LEAST_SILENT_SECONDS && within.every((power) => power < 10 ** (SILENT_DB / 10));
  }

  /** A second may end within a piece: what is beyond it begins the next one. */
  private addPower(power: number, seconds: number): void {
    const begun = this.secondBegun;
    begun.energy += power * seconds;
    begun.seconds += seconds;
    if (begun.seconds < 1) return;
    this.powers.push(begun.energy / begun.seconds);
    const rest = begun.seconds - 1;
    this.secondBegun = { energy: power * rest, seconds: rest };
  }

  private endBlock(): void {
    for (const power of this.levels.shift() ?? []) this.rows.pushPower(power);
    if (this.levels.length === 0) this.levels.push([]);
    this.words.push(soundOf(this.rows.features()));
    this.rows = new FeatureSums();
  }
}
