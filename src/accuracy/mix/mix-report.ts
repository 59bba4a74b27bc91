/** Compares the found stretches of a mix with its real content, and summarises. */
import type { Stretch } from '../../engine/api.ts';
import { heardSpan, type MixPiece } from './mix-sound.ts';

interface MixOutcome {
  seconds: number;
  cpuMs: number;
  /** Pieces of known tracks: all, those found, and those reported as more than one stretch. */
  pieces: number;
  found: number;
  split: number;
  /** Stretches of a track that does not play there. */
  wrong: number;
  /** Errors of edges and positions in seconds. */
  edges: number[];
  places: number[];
  /** Errors, as sentences. */
  faults: string[];
}

export interface MixReport extends Omit<MixOutcome, 'edges' | 'places' | 'faults'> {
  edgeMedian: number;
  edgeP95: number;
  placeP95: number;
  /** Speed relative to playing, by processor time, without decoding. */
  speed: number;
}

const overlap = (a: { fromSeconds: number; toSeconds: number }, b: { fromSeconds: number; toSeconds: number }) =>
  Math.min(a.toSeconds, b.toSeconds) - Math.max(a.fromSeconds, b.fromSeconds);

export function scored(
  pieces: MixPiece[],
  stretches: Stretch[],
  nameOf: (file: string) => string,
  cpuMs: number,
): MixOutcome {
  const outcome: MixOutcome = {
    ...{ seconds: pieces.at(-1)?.toSeconds ?? 0, cpuMs, pieces: 0, found: 0, split: 0, wrong: 0 },
    ...{ edges: [], places: [], faults: [] },
  };
  const used = new Set<Stretch>();
  for (const piece of pieces) {
    if (!piece.isKnown) continue;
    outcome.pieces++;
    const span = heardSpan(piece);
    const title = nameOf(piece.file);
    const found = stretches.filter((stretch) => stretch.track.title === title && overlap(stretch, span) > 0);
    for (const stretch of found) used.add(stretch);
    const [best] = [...found].sort((a, b) => overlap(b, span) - overlap(a, span));
    const what = `${title} ${span.fromSeconds.toFixed(1)}-${span.toSeconds.toFixed(1)} at ${piece.speed.toFixed(3)}`;
    if (!best) {
      outcome.faults.push(`missed ${what}`);
      continue;
    }
    outcome.found++;
    if (found.length > 1) outcome.split++;
    const off = [best.fromSeconds - span.fromSeconds, best.toSeconds - span.toSeconds];
    outcome.edges.push(...off.map(Math.abs));
    if (off.some((seconds) => Math.abs(seconds) > 2))
      outcome.faults.push(`edges of ${what} off by ${off.map((seconds) => seconds.toFixed(1)).join(', ')}`);
    const place = (piece.trackSeconds ?? 0) + (best.fromSeconds - piece.fromSeconds) * piece.speed;
    outcome.places.push(Math.abs(best.trackSeconds - place));
  }
  for (const stretch of stretches) {
    if (used.has(stretch)) continue;
    outcome.wrong++;
    const { track, fromSeconds, toSeconds, confidence, speed } = stretch;
    const where = `${fromSeconds.toFixed(1)}-${toSeconds.toFixed(1)} at ${speed.toFixed(3)}`;
    const [playing] = [...pieces].sort((a, b) => overlap(b, stretch) - overlap(a, stretch));
    outcome.faults.push(
      `wrong: ${track.title} ${where}, ${confidence.toFixed(4)}, while ${nameOf(playing.file)} plays`,
    );
  }
  return outcome;
}

export function summary(outcomes: MixOutcome[]): MixReport {
  const sum = (of: (outcome: MixOutcome) => number) => outcomes.reduce((total, outcome) => total + of(outcome), 0);
  const edges = outcomes.flatMap((outcome) => outcome.edges);
  const seconds = sum((outcome) => outcome.seconds);
  const cpuMs = sum((outcome) => outcome.cpuMs);
  return {
    ...{ seconds, cpuMs, pieces: sum((outcome) => outcome.pieces), found: sum((outcome) => outcome.found) },
    ...{ split: sum((outcome) => outcome.split), wrong: sum((outcome) => outcome.wrong) },
    edgeMedian: quantile(edges, 0.5),
    edgeP95: quantile(edges, 0.95),
    placeP95: quantile(
      outcomes.flatMap(({ places }) => places),
      0.95,
    ),
    speed: (1000 * seconds) / cpuMs,
  };
}

function quantile(numbers: number[], part: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}

/** The report as lines for a terminal. */
export function mixLines(report: MixReport): string[] {
  const { seconds, pieces, found, split, wrong, edgeMedian, edgeP95, placeP95, speed } = report;
  return [
    `${(seconds / 3600).toFixed(1)} h of mixes, ${pieces} stretches of known music`,
    `found ${found}, in more than one piece ${split}, wrong names ${wrong}`,
    `edges off by ${edgeMedian.toFixed(2)} s (median), ${edgeP95.toFixed(2)} s (p95); places by ${placeP95.toFixed(2)} s (p95)`,
    `${speed.toFixed(0)} x real time by processor time, without decoding`,
  ];
}
