import type { JSX } from 'preact';
import type { TrackId } from '../../../types.ts';
import { t } from '../../messages/messages.ts';
import { LongList } from '../../parts/lists/long-list.tsx';
import type { TrackRows } from '../use-tracks.ts';
import { TrackRow } from './track-row.tsx';

/** Height of a row, which the list needs. */
const ROW_REM = 4.25;

/** The songs one below the other, as a phone shows them. */
export function SongList(props: {
  rows: TrackRows;
  selected: ReadonlySet<TrackId> | undefined;
  onSelect: (id: TrackId) => void;
}): JSX.Element {
  const { rows, selected, onSelect } = props;
  return (
    <LongList
      count={rows.total ?? 0}
      rowRem={ROW_REM}
      label={t('place.library')}
      row={(index, tabIndex) => {
        const track = rows.at(index);
        const isSelected = track && selected?.has(track.id);
        return track && <TrackRow {...{ track, tabIndex, isSelected }} onSelect={selected && onSelect} />;
      }}
    />
  );
}
