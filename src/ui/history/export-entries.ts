/** Exports the history as CSV. */
import { type Cell, csvOf } from '../../csv.ts';
import type { Entry } from './store.ts';

const rounded = (value: number | undefined, digits: number) =>
  value === undefined ? undefined : Number(value.toFixed(digits)) + 0; // -0 becomes 0

const columns: Record<string, (entry: Entry) => Cell> = {
  time: ({ at }) => new Date(at).toISOString(),
  title: ({ answer }) => answer?.title,
  artist: ({ answer }) => answer?.artist,
  album: ({ answer }) => answer?.album,
  position_seconds: ({ answer }) => rounded(answer?.positionSeconds, 2),
  confidence: ({ answer }) => rounded(answer?.confidence, 4),
  speed: ({ answer }) => rounded(answer?.speed, 4),
  seconds: ({ seconds }) => rounded(seconds, 1),
  source: ({ source }) => source,
  file: ({ fileName }) => fileName,
  note: ({ note }) => note,
};

export const toCsv = (entries: Entry[]): string =>
  csvOf(
    Object.keys(columns),
    entries.map((entry) => Object.values(columns).map((read) => read(entry))),
  );

export const toJson = (entries: Entry[]): string => `${JSON.stringify(entries, null, 2)}\n`;
