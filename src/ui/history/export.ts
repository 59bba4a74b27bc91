/** The history as a file for other programs. */
import type { Entry } from './store.ts';

const columns = {
  time: ({ at }: Entry) => new Date(at).toISOString(),
  title: ({ answer }: Entry) => answer?.title,
  artist: ({ answer }: Entry) => answer?.artist,
  album: ({ answer }: Entry) => answer?.album,
  position_seconds: ({ answer }: Entry) => answer?.positionSeconds.toFixed(2),
  confidence: ({ answer }: Entry) => answer?.confidence.toFixed(4),
  speed: ({ answer }: Entry) => answer?.speed.toFixed(4),
  seconds: ({ seconds }: Entry) => seconds?.toFixed(1),
  source: ({ source }: Entry) => source,
  file: ({ fileName }: Entry) => fileName,
  note: ({ note }: Entry) => note,
};

export function toCsv(entries: Entry[]): string {
  const rows = entries.map((entry) => Object.values(columns).map((read) => quote(read(entry) ?? '')));
  return `${[Object.keys(columns), ...rows].map((row) => row.join(',')).join('\r\n')}\r\n`;
}

/** A field that a spreadsheet would take for a formula gets an apostrophe before it: titles come from strangers. */
function quote(text: string): string {
  const safe = /^[=+@\t\r]|^-(?!\d)/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const toJson = (entries: Entry[]): string => `${JSON.stringify(entries, null, 2)}\n`;
