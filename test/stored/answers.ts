/** Degraded clips of composed music, two live sessions and a mix, and the engine's answers for them. */
import { join } from 'node:path';
import { accuracy } from '../../src/accuracy/measure.ts';
import type { Engine, Heard, ListenOptions } from '../../src/engine/api.ts';
import type { Match, Pcm } from '../../src/types.ts';
import { engineWith } from '../support/engine.ts';
import { kernelModule } from '../support/kernel.ts';
import { music, noise } from '../support/music.ts';

export const storedAnswers = join(import.meta.dirname, 'answers.json');

const RATE = 11_025;
const pieces = new Map(Array.from({ length: 12 }, (_, i) => [i + 1, music(30, RATE, i + 1)]));
const piece = (seed: number) => pieces.get(seed) as Pcm;

/** Rounds to four digits, because further digits may differ between processors. */
const rounded = (number: number) => Number(number.toFixed(4));
const told = ({ track, offsetSeconds, confidence, speed, pitch }: Match) =>
  `${track.title} at ${rounded(offsetSeconds)} x ${rounded(speed)}, ${rounded(pitch)}: ${rounded(confidence)}`;

export async function clipAnswers(): Promise<string[]> {
  const { outcomes } = await accuracy({
    kernel: kernelModule,
    version: '0',
    files: [...pieces.keys()].map((seed) => `piece-${seed}.wav`),
    read: async (file) => piece(Number(file.match(/\d+/))),
    padding: 2,
    seconds: [2, 3, 5],
    snrs: [-10, -4],
    clips: 4,
    seed: 3,
    only: ['clean', 'white', 'pink', 'talkers', 'room', 'speed', 'two', 'absent', 'only'],
  });
  return outcomes.map(({ condition, seconds, tracks, fromSeconds, answer, offsetSeconds, confidence, step }) => {
    const asked = `${condition}, ${seconds} s of ${tracks.join(' and ') || 'nothing'} from ${rounded(fromSeconds ?? 0)}`;
    const answered = answer ? `${answer} at ${rounded(offsetSeconds ?? 0)}` : 'nothing';
    return `${asked}: ${answered}, ${rounded(confidence)}, step ${step}`;
  });
}

const library = () => engineWith(new Map([1, 2, 3, 4, 5].map((seed) => [`piece ${seed}`, piece(seed)])));
const part = (seed: number, from: number, seconds: number) =>
  piece(seed).samples.slice(from * RATE, (from + seconds) * RATE);

function noisy(sound: Float32Array, level: number): Float32Array {
  const hiss = noise(sound.length, level, 7);
  return sound.map((sample, i) => sample + hiss[i]);
}

async function listen(engine: Engine, sounds: Float32Array[], options: ListenOptions, blockSize: number) {
  const states: Heard[] = [];
  const listening = await engine.listen(RATE, options, (heard) => states.push(heard));
  for (const sound of sounds) {
    for (let at = 0; at < sound.length; at += blockSize) await listening.push(sound.subarray(at, at + blockSize));
  }
  const last = await listening.conclude();
  return { states, last, list: await listening.tracks() };
}

const stateText = ({ seconds, state, match, others }: Heard) =>
  `${rounded(seconds)} ${state} ${match ? `${told(match)} now ${rounded(match.positionSeconds)}` : ''} ${others.length}`;

/** States, last word and track list of two sessions: one answer wanted, and all that is played. */
export async function liveAnswers(blockSize = 2048): Promise<string[]> {
  const engine = await library();
  const one = await listen(engine, [noisy(part(2, 7, 6), 0.2)], {}, blockSize);
  const sounds = [noisy(part(4, 3, 14), 0.1), noise(6 * RATE, 0.02, 5), part(1, 10, 12), music(8, RATE, 77).samples];
  const all = await listen(engine, [...sounds, part(5, 0, 12)], { continuous: true }, blockSize);
  await engine.close();
  return [one, all].flatMap(({ states, last, list }) => [
    ...states.map(stateText),
    `at last: ${last.matches.map(told).join('; ')} (${rounded(last.heardSeconds)} s)`,
    ...list.map(
      ({ track, fromSeconds, toSeconds, trackSeconds, confidence }) =>
        `list: ${track.title} ${rounded(fromSeconds)} to ${rounded(toSeconds)} from ${rounded(trackSeconds)}: ${rounded(confidence)}`,
    ),
  ]);
}
