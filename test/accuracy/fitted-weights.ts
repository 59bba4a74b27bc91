/**
 * Fits the weights of the decision (`src/match/judge/weights.ts`). Searches for clips of one half of the tracks, takes the best right and
 * the best wrong candidate of each, and fits a logistic regression that separates them. The best wrong candidate is also used for
 * clips of known tracks: it would have been named if the track were unknown.
 */
import { clipOf } from '../../src/accuracy/clips.ts';
import { type AccuracyOptions, nameOf, prepare } from '../../src/accuracy/material.ts';
import { randomOf } from '../../src/accuracy/random.ts';
import { analyse } from '../../src/engine/clips/analyse.ts';
import { openLibrary } from '../../src/library/library.ts';
import { openMemory } from '../../src/library/shelf/memory.ts';
import { GAP_FRAMES } from '../../src/match/index-view.ts';
import type { Candidate } from '../../src/match/judge/candidates.ts';
import { type Features, featuresOf, type Weights } from '../../src/match/judge/decide.ts';
import { HASH_BITS, LANDMARK_FORMAT, landmarksOf } from '../../src/match/landmarks.ts';
import { searchClip } from '../../src/match/search.ts';
import { sketchOf } from '../../src/match/sketch/sketch.ts';

interface Example {
  features: Features;
  isRight: boolean;
  weight: number;
  /** The tracks of the clip, and the candidate. */
  pair: string;
  confidence: number;
}

/** Weight of the best wrong candidate of a clip that also has a right one; that of a clip of unknown music has weight 1. */
const RIVAL_WEIGHT = 0.3;
const CANDIDATES = 12;
/** A wrong candidate with more confidence is the same music under another name, so the pair is left out. */
const SAME_MUSIC = 0.88;

export async function fittedWeights(options: AccuracyOptions): Promise<Weights> {
  const { kernel, progress = () => {} } = options;
  const library = await openLibrary(openMemory(), {
    landmarksOf,
    landmarkFormat: LANDMARK_FORMAT,
    sketchOf,
    hashBits: HASH_BITS,
    gapFrames: GAP_FRAMES,
  });
  const plans = await prepare(options, (learnt) => library.add(learnt));
  const examples: Example[] = [];
  for (const [i, plan] of plans.entries()) {
    progress(`${i} of ${plans.length}  ${plan.condition.name}, ${plan.seconds} s`);
    if (plan.excerpts.some(({ track }) => randomOf(track)() < 0.5)) continue;
    const sounding = plan.condition.source === 'learnt' ? plan.excerpts.map(({ track }) => nameOf(track)) : [];
    const asked = { threshold: 2, others: CANDIDATES };
    const { others } = await searchClip(analyse(kernel, clipOf(plan)), library, asked);
    // Candidates at other speeds are left out: they fit better by chance, for which `decide.ts` has a separate penalty.
    const candidates = others.filter(({ isWarped }) => !isWarped);
    const titleOf = ({ track }: Candidate) => library.track(track)?.title ?? '';
    const isRight = (candidate: Candidate) => sounding.includes(titleOf(candidate));
    const right = candidates.find(isRight);
    const wrong = candidates.find((candidate) => !isRight(candidate));
    const exampleOf = (candidate: Candidate) => {
      const names = plan.excerpts.map(({ track }) => nameOf(track));
      const pair = [...names, titleOf(candidate)].join(' > ');
      const features = featuresOf(candidate.evidence, candidate.ordinaryTones);
      return { features, isRight: isRight(candidate), pair, confidence: candidate.confidence };
    };
    if (right) examples.push({ ...exampleOf(right), weight: 1 });
    if (wrong) examples.push({ ...exampleOf(wrong), weight: right ? RIVAL_WEIGHT : 1 });
  }
  progress('');
  await library.close();
  const isSame = ({ isRight, confidence }: Example) => !isRight && confidence > SAME_MUSIC;
  const same = new Set(examples.filter(isSame).map(({ pair }) => pair));
  return regression(examples.filter(({ isRight, pair }) => isRight || !same.has(pair)));
}

/** Regularisation: without it, perfectly separable examples would make the weights infinite. */
const SHRINKAGE = 0.0001;
const ROUNDS = 20_000;
/** Floor for the spread of a constant feature. */
const LEAST_SPREAD = 1e-3;

/** Gradient descent on standardised features. */
function regression(examples: Example[]): Weights {
  const names = Object.keys(examples[0].features) as (keyof Features)[];
  const means = names.map((name) => mean(examples.map(({ features }) => features[name])));
  const spreads = names.map(
    (name, i) => LEAST_SPREAD + Math.sqrt(mean(examples.map(({ features }) => (features[name] - means[i]) ** 2))),
  );
  const rows = examples.map(({ features }) => names.map((name, i) => (features[name] - means[i]) / spreads[i]));
  const weights = names.map(() => 0);
  let bias = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const steps = weights.map((weight) => -SHRINKAGE * weight * examples.length);
    let biasStep = 0;
    rows.forEach((row, i) => {
      const logit = bias + row.reduce((sum, value, k) => sum + value * weights[k], 0);
      const error = examples[i].weight * ((examples[i].isRight ? 1 : 0) - 1 / (1 + Math.exp(-logit)));
      row.forEach((value, k) => {
        steps[k] += error * value;
      });
      biasStep += error;
    });
    for (let k = 0; k < weights.length; k++) weights[k] += steps[k] / examples.length;
    bias += biasStep / examples.length;
  }
  const unscaled = weights.map((weight, i) => weight / spreads[i]);
  const shifted = bias - unscaled.reduce((sum, weight, i) => sum + weight * means[i], 0);
  const rounded = (value: number) => Number(value.toFixed(3));
  const entries = names.map((name, i) => [name, rounded(unscaled[i])] as const);
  return { bias: rounded(shifted), ...Object.fromEntries(entries) } as Weights;
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
