/** What a library of millions of tracks would need, from what was measured with thousands; each row says what it assumes. */
import { type Row, rounded } from './table.ts';

export interface PerQuery {
  /** Core-seconds of all matchers. */
  coreSeconds: number;
  postings: number;
  rounds: number;
  bytes: number;
}

export interface ForProjection {
  tracks: number;
  /** Bytes on the disk of a matcher, and in PostgreSQL, for each track. */
  mirrorBytes: number;
  databaseBytes: number;
  /** Memory of a matcher's worker beyond that of an empty one, for each track. */
  memoryBytes: number;
  known: PerQuery;
  unknown: PerQuery;
}

const TRACKS_PER_SHARD = 100_000;
/** A machine: cores, memory and disk. */
const CORES = 16;
const MEMORY_GB = 64;
/** Of the memory, what the tracks of its shards may take; the rest caches pages. */
const MEMORY_SHARE = 0.5;

export const ASSUMPTIONS = [
  `Shards of ${TRACKS_PER_SHARD.toLocaleString('en')} tracks; machines of ${CORES} cores and ${MEMORY_GB} GB, whose tracks take half of the memory; every shard twice.`,
  'The work of a query grows with the number of tracks (an upper bound: part of it does not), and is shared by all cores of the machines.',
  'The disk holds the index as it was measured; its pages that are asked for are in memory. The network is not counted.',
];

export function projection(measured: ForProjection): Row[] {
  return [1e6, 1e8].flatMap((tracks) => rowsFor(measured, tracks));
}

function rowsFor({ known, unknown, ...measured }: ForProjection, tracks: number): Row[] {
  const factor = tracks / measured.tracks;
  const shards = Math.ceil(tracks / TRACKS_PER_SHARD);
  const memoryGb = (tracks * measured.memoryBytes) / 1e9;
  const machines = Math.max(1, Math.ceil(memoryGb / (MEMORY_GB * MEMORY_SHARE)));
  const seconds = ({ coreSeconds }: PerQuery) => coreSeconds * factor;
  const latencyMs = (query: PerQuery) => (1000 * seconds(query)) / (machines * CORES);
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
