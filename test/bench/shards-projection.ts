/** What a library of millions of tracks would need, from what was measured with thousands; each row says what it assumes. */
import { type Row, rounded } from './table.ts';

export interface PerQuery {
  /** Core-seconds of all matchers. */
  coreSeconds: number;
  postings: number;
  rounds: number;
  bytes: number;
}

/** Of a question: what each shard costs however small it is, and what each track costs. */
export interface Work {
  perShard: number;
  perTrack: number;
}

/** From the cost at two sizes. */
export function workOf(shards: number, [few, many]: { tracks: number; coreSeconds: number }[]): Work {
  const perTrack = Math.max(0, (many.coreSeconds - few.coreSeconds) / (many.tracks - few.tracks));
  return { perTrack, perShard: Math.max(0, (few.coreSeconds - perTrack * few.tracks) / shards) };
}

export interface ForProjection {
  /** Bytes on the disk of a matcher, and in PostgreSQL, for each track. */
  mirrorBytes: number;
  databaseBytes: number;
  /** Memory of a matcher's worker beyond that of an empty one, for each track. */
  memoryBytes: number;
  known: Work;
  unknown: Work;
}

const TRACKS_PER_SHARD = 100_000;
/** A machine: cores, memory and disk. */
const CORES = 16;
const MEMORY_GB = 64;
/** Of the memory, what the tracks of its shards may take; the rest caches pages. */
const MEMORY_SHARE = 0.5;

export const ASSUMPTIONS = [
  `Shards of ${TRACKS_PER_SHARD.toLocaleString('en')} tracks; machines of ${CORES} cores and ${MEMORY_GB} GB, whose tracks take half of the memory; every shard twice.`,
  'The work of a question is a part for each shard and a part for each track, from the costs at two sizes, and is shared evenly by all cores of the machines that hold the shards once.',
  'Sketches (16 bytes a second) and 1.5 kB for each track stay in memory, once for each machine.',
  'The disk holds the index as it was measured; its pages that are asked for are in memory. The network is not counted.',
];

export function projection(measured: ForProjection): Row[] {
  return [1e6, 1e8].flatMap((tracks) => rowsFor(measured, tracks));
}

function rowsFor({ known, unknown, ...measured }: ForProjection, tracks: number): Row[] {
  const shards = Math.ceil(tracks / TRACKS_PER_SHARD);
  const memoryGb = (tracks * measured.memoryBytes) / 1e9;
  const machines = Math.max(1, Math.ceil(memoryGb / (MEMORY_GB * MEMORY_SHARE)));
  const seconds = ({ perShard, perTrack }: Work) => perShard * shards + perTrack * tracks;
  const latencyMs = (work: Work) => (1000 * seconds(work)) / Math.min(shards, machines * CORES);
  const name = `${(tracks / 1e6).toLocaleString('en')} M tracks`;
  return [
    { what: `${name}: shards`, value: shards, unit: '', note: `${machines} machines, twice over` },
    {
      what: `${name}: memory, disk of matchers, databases`,
      value: rounded(memoryGb),
      unit: 'GB',
      note: `${rounded((tracks * measured.mirrorBytes) / 1e9)} GB, ${rounded((tracks * measured.databaseBytes) / 1e9)} GB, each once`,
    },
    {
      what: `${name}: known music`,
      value: rounded(seconds(known)),
      unit: 'core-s',
      note: `${rounded(latencyMs(known))} ms on idle machines; ${rounded((machines * CORES) / seconds(known))} a second`,
    },
    {
      what: `${name}: unknown music, all steps`,
      value: rounded(seconds(unknown)),
      unit: 'core-s',
      note: `${rounded(latencyMs(unknown))} ms; costs ${rounded(seconds(unknown) / seconds(known))} times as much as known music`,
    },
  ];
}
