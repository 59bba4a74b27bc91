/** Writes sessions as a table for spreadsheets, with a row for each song and each gap. */
import { type CsvValue, csvOf } from '../../csv.ts';
import type { Gap, Session, Stretch } from '../session-model.ts';

type CsvRow = { session: Session; part?: Stretch | Gap };

const rounded = (value: number | undefined, digits: number) =>
  value === undefined ? undefined : Number(value.toFixed(digits));
const song = ({ part }: CsvRow) => (part && 'track' in part ? part : undefined);

const columns: Record<string, (row: CsvRow) => CsvValue> = {
  time: ({ session, part }) => new Date(momentOf(session, part)).toISOString(),
  source: ({ session }) => session.source,
  name: ({ session }) => session.name,
  kind: ({ part }) => (part ? ('track' in part ? 'song' : part.sound) : 'nothing'),
  from_seconds: ({ part }) => rounded(part?.fromSeconds, 2),
  to_seconds: ({ part }) => rounded(part?.toSeconds, 2),
  title: (row) => song(row)?.track.title,
  artist: (row) => song(row)?.track.artist,
  album: (row) => song(row)?.track.album,
  position_seconds: (row) => rounded(song(row)?.trackSeconds, 2),
  confidence: (row) => rounded(song(row)?.confidence, 4),
  speed: (row) => rounded(song(row)?.speed, 4),
  verdict: (row) => song(row)?.verdict,
  note: ({ session }) => session.note,
};

export function sessionsCsv(sessions: readonly Session[]): string {
  const rows = sessions.flatMap((session): CsvRow[] => {
    const parts = [...session.stretches, ...session.gaps].sort((a, b) => a.fromSeconds - b.fromSeconds);
    return parts.length > 0 ? parts.map((part) => ({ session, part })) : [{ session }];
  });
  return csvOf(
    Object.keys(columns),
    rows.map((row) => Object.values(columns).map((read) => read(row))),
  );
}

/** When it was heard; for a file, when it was analysed. */
function momentOf({ began, source }: Session, part: Stretch | Gap | undefined): number {
  return source === 'file' ? began : began + 1000 * (part?.fromSeconds ?? 0);
}
