import type { JSX } from 'preact';
import type { SortKey } from '../../../engine/api.ts';
import type { Track } from '../../../types.ts';
import { useHeardSongs } from '../../history/statistics/heard-songs.ts';
import { t } from '../../messages/messages.ts';
import { Cover } from '../../parts/cover.tsx';
import { clock, date, number } from '../../parts/localized.ts';

export const columnNames = [
  'title',
  'artist',
  'album',
  'year',
  'seconds',
  'added',
  'heard',
] as const satisfies SortKey[];
export type ColumnName = (typeof columnNames)[number];

interface Column {
  /** For `grid-template-columns`. */
  width: string;
  /** Stands at the end of its cell, as numbers do. */
  atEnd?: boolean;
  cell: (track: Track) => JSX.Element | string | undefined;
}

export const columns: Record<ColumnName, Column> = {
  title: {
    width: 'minmax(9rem, 4fr)',
    cell: (track) => (
      <>
        <Cover track={track} />
        <span class="track-table-title" dir="auto">
          {track.title}
        </span>
        {!track.enabled && <em>{t('library.disabled')}</em>}
        {track.catalogue !== undefined && <small class="soft">{t('catalogue.mark')}</small>}
      </>
    ),
  },
  artist: { width: 'minmax(6rem, 2fr)', cell: ({ artist }) => artist },
  album: { width: 'minmax(6rem, 2fr)', cell: ({ album }) => album },
  year: { width: '4.5rem', atEnd: true, cell: ({ year }) => (year ? number(year, { useGrouping: false }) : undefined) },
  seconds: { width: '5rem', atEnd: true, cell: ({ seconds }) => clock(seconds) },
  added: { width: '8rem', atEnd: true, cell: ({ added }) => date(added) },
  heard: { width: '5rem', atEnd: true, cell: (track) => <HeardCount track={track} /> },
};

function HeardCount({ track }: { track: Track }): JSX.Element {
  const count = useHeardSongs().get(track.contentId)?.count;
  return <>{count ? number(count) : ''}</>;
}

const usualColumns: ColumnName[] = ['title', 'artist', 'album', 'seconds'];

/** In the order of `columnNames`; the title is always there. */
export function chosenFrom(kept: unknown): ColumnName[] {
  if (!Array.isArray(kept)) return usualColumns;
  return columnNames.filter((name) => name === 'title' || kept.includes(name));
}

export const columnLabel = (name: ColumnName): string => t(`library.sort.${name}`);

/** Whether the first click on a column sorts it in descending order: dates newest first, counts highest first. */
export const beginsDescending = (sort: SortKey): boolean => sort === 'added' || sort === 'heard';
