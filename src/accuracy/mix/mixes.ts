/**
 * Measures how well long recordings are analysed. Mixes are made of the music: parts of known and unknown tracks, faster or slower,
 * with crossfades, and with talk over some of them. The same arguments give the same mixes.
 */

import { analyseBlocks } from '../../engine/analyse-blocks.ts';
import { openEngine } from '../../engine/engine.ts';
import { openMemory } from '../../library/shelf/memory.ts';
import type { Pcm } from '../../types.ts';
import type { AccuracyOptions } from '../material.ts';
import { learntOf, nameOf } from '../material.ts';
import { randomOf } from '../random.ts';
import { type MixReport, scored, summary } from './mix-report.ts';
import { MIX_RATE, mixSound, planMix } from './mix-sound.ts';

interface MixOptions extends AccuracyOptions {
  /** Total hours, in mixes of at most one hour. */
  hours?: number;
  /** Only use unknown music. */
  unknownOnly?: boolean;
}

const MIX_SECONDS = 3600;
/** Shorter tracks are not used. */
const LEAST_TRACK_SECONDS = 20;

export async function mixes(options: MixOptions): Promise<MixReport> {
  const { kernel, files, absent = 6, seed = 1, hours = 1, unknownOnly = false } = options;
  const { progress = () => {}, note = () => {}, threshold } = options;
  const engine = await openEngine({ shelf: openMemory(), kernel });
  const order = randomOf(`${seed}/absent`);
  const shuffled = [...files]
    .sort()
    .map((file) => ({ file, place: order() }))
    .sort((a, b) => a.place - b.place)
    .map(({ file }) => file);
  const unknown = shuffled.slice(0, Math.max(1, Math.floor(files.length / absent)));
  const known = shuffled.slice(unknown.length);
  const read = async (file: string): Promise<Pcm | undefined> =>
    options.read(file).catch((error) => void note(`${file}: ${error.message}`));
  const lengths = new Map<string, number>();
  for (const [i, file] of shuffled.entries()) {
    progress(`${i} of ${shuffled.length} read`);
    const pcm = await read(file);
    if (!pcm) continue;
    lengths.set(file, pcm.samples.length / pcm.sampleRate);
    if (!unknown.includes(file)) await engine.add(learntOf(kernel, file, pcm), { evenIfSimilar: true });
  }
  const usable = (deck: string[]) => deck.filter((file) => (lengths.get(file) ?? 0) >= LEAST_TRACK_SECONDS);
  const outcomes = [];
  for (let left = hours * 3600, number = 1; left > 30; left -= MIX_SECONDS, number++) {
    const random = randomOf(`${seed}/mix/${number}`);
    const pieces = planMix(
      unknownOnly ? [] : usable(known),
      usable(unknown),
      lengths,
      Math.min(left, MIX_SECONDS),
      random,
    );
    const sound = mixSound(pieces, read, random);
    let heardMs = 0;
    const begun = process.cpuUsage();
    let between = process.cpuUsage();
    async function* timed() {
      for await (const samples of sound) {
        heardMs -= spent(between);
        yield { samples, sampleRate: MIX_RATE };
        between = process.cpuUsage();
      }
    }
    const session = await analyseBlocks(engine, timed(), { threshold });
    const cpuMs = spent(begun) + heardMs;
    const outcome = scored(pieces, session?.stretches ?? [], nameOf, cpuMs);
    outcomes.push(outcome);
    for (const line of outcome.faults) note(`mix ${number}: ${line}`);
    progress(`mix ${number}: ${outcome.found} of ${outcome.pieces}`);
  }
  await engine.close();
  return summary(outcomes);
}

/** Processor time since then in ms. */
function spent(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}
