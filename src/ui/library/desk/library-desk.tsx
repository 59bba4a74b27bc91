import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { TrackQuery } from '../../../engine/api.ts';
import type { TrackId } from '../../../types.ts';
import { showFault } from '../../parts/notices/fault-toast.ts';
import { useCell } from '../../parts/state/cell.ts';
import { useMedia } from '../../parts/state/media.ts';
import { go, route } from '../../route.ts';
import { useServices } from '../../services.ts';
import { useActions } from '../use-actions.tsx';
import type { TrackRows } from '../use-tracks.ts';
import { DetailPane } from './detail-pane.tsx';
import './library-desk.css';
import { clicked, nothingSelected, type Selection } from './selection.ts';
import { SelectionStrip } from './selection-strip.tsx';
import { TrackTable } from './track-table.tsx';

interface Props {
  query: TrackQuery;
  rows: TrackRows;
  onSort: (sort: NonNullable<TrackQuery['sort']>, descending: boolean) => void;
  /** What stands above the columns. */
  head: JSX.Element;
  /** For fingers: each tap selects one more. */
  isTicking: boolean;
}

/** Where there is room: songs in columns, and beside them the one that is selected. */
export function LibraryDesk({ query, rows, onSort, head, isTicking }: Props): JSX.Element {
  const now = useCell(route);
  const open = now.place === 'track' ? Number(now.detail) : undefined;
  const hasPane = useMedia('(min-width: 1100px)');
  const ids = useIds(query);
  const [selection, setSelection] = useState<Selection>(() =>
    open === undefined ? nothingSelected : { ...nothingSelected, ids: new Set([open]) },
  );
  const clear = () => setSelection({ ...selection, ids: new Set() });
  const actions = useActions([...selection.ids], clear);

  // The address follows a moment later; a second click may come before that.
  const asked = useRef(open);
  const show = (id: TrackId | undefined) => {
    if (id === asked.current) return;
    const isShown = asked.current !== undefined;
    asked.current = id;
    const place = now.detail && now.place === 'library' ? now.detail : undefined;
    const to =
      id === undefined
        ? ({ place: 'library', detail: place } as const)
        : ({ place: 'track', detail: `${id}` } as const);
    go(to, { replace: isShown });
  };
  const select = (next: Selection) => {
    setSelection(next);
    if (!hasPane) return;
    const [only] = next.ids;
    show(next.ids.size === 1 ? only : undefined);
  };
  // Back, forward, or a link to a song.
  useEffect(() => {
    if (open === asked.current) return;
    asked.current = open;
    if (open === undefined || (selection.ids.size === 1 && selection.ids.has(open))) return;
    const row = ids.indexOf(open);
    setSelection(row < 0 ? { ...nothingSelected, ids: new Set([open]) } : clicked(selection, ids, row, plain));
  }, [open]);

  return (
    <div class="library-desk" data-pane={hasPane && (selection.ids.size > 1 || open !== undefined)}>
      <div class="library-list scroller">
        {head}
        {rows.total !== 0 && (
          <TrackTable
            rows={rows}
            ids={ids}
            sort={query.sort ?? 'title'}
            descending={query.descending ?? false}
            onSort={onSort}
            selection={selection}
            isTicking={isTicking}
            onSelect={select}
            onOpen={(id) => go({ place: 'track', detail: String(id) })}
            onRemove={() => void actions.remove().catch(showFault)}
            actions={() => actions.items}
          />
        )}
      </div>
      {!hasPane && selection.ids.size > 0 && (
        <SelectionStrip selected={selection.ids} actions={actions} onClear={clear} />
      )}
      {hasPane && (
        <DetailPane
          selected={selection.ids}
          open={open}
          actions={actions}
          onClose={() => {
            clear();
            show(undefined);
          }}
        />
      )}
      {actions.dialog}
    </div>
  );
}

const plain = { shift: false, ctrl: false };

/** Of all songs that match the query, in order. */
function useIds({ search, sort, descending, heard, artist, album, catalogue }: TrackQuery): TrackId[] {
  const { engine, libraryVersion } = useServices();
  const version = useCell(libraryVersion);
  const [ids, setIds] = useState<TrackId[]>([]);
  useEffect(() => {
    let isCurrent = true;
    engine
      .trackIds({ search, sort, descending, heard, artist, album, catalogue })
      .then((found) => isCurrent && setIds(found), showFault);
    return () => {
      isCurrent = false;
    };
  }, [version, search, sort, descending, heard, artist, album, catalogue]);
  return ids;
}
