/** Confidence against one setting of a mix, all others as they are. */
import type { Engine } from '../engine/api.ts';
import type { TrackId } from '../types.ts';
import type { CurveKind, CurvePoint, Mix } from './lab-api.ts';
import type { Mixer } from './mixer.ts';

const steps = (from: number, to: number, step: number) =>
  Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => from + i * step);

/** In this order, so that the ends of a curve are known first. */
export const curveSteps: Record<CurveKind, number[]> = {
  ratio: steps(-15, 15, 3),
  noise: steps(-30, 12, 3),
  seconds: [1, 2, 3, 4, 5, 6, 8, 10],
};

const changes: Record<CurveKind, (mix: Mix, x: number) => Mix> = {
  ratio: (mix, ratioDb) => ({ ...mix, ratioDb }),
  noise: (mix, noiseDb) => ({ ...mix, noise: mix.noise ?? 'pink', noiseDb }),
  seconds: (mix, seconds) => ({ ...mix, seconds }),
};

/** Candidates among which the tracks are looked for. */
const OTHERS = 20;

interface CurveHost {
  mixer: Mixer;
  engine: Pick<Engine, 'recognize'>;
  signal: AbortSignal;
}

export async function drawCurve(
  { mixer, engine, signal }: CurveHost,
  kind: CurveKind,
  mix: Mix,
  tracks: TrackId[],
  tell: (point: CurvePoint) => void,
): Promise<void> {
  for (const x of curveSteps[kind]) {
    signal.throwIfAborted();
    const { matches, others } = await engine.recognize(mixer.clipOf(changes[kind](mix, x)), { others: OTHERS }, signal);
    const known = new Map([...others, ...matches].map(({ track, confidence }) => [track.id, confidence]));
    tell({ x, confidences: tracks.map((id) => known.get(id) ?? 0) });
  }
}
