import type { HTMLAttributes, JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { SortKey } from '../../../engine/api.ts';
import type { Track, TrackId } from '../../../types.ts';
import { t } from '../../messages/messages.ts';
import { ContextMenu, type MenuPlace } from '../../parts/menus/context-menu.tsx';
import type { MenuItem } from '../../parts/menus/menu.tsx';
import { localStore, readKept } from '../../parts/state/kept.ts';
import { useServices } from '../../services.ts';
import { type ColumnName, chosenFrom, columns } from './columns.tsx';
import { dragBundle, prepareBundle } from './drag-bundle.ts';
import { useFocusedRow } from './focused-row.ts';
import { clicked, type Keys, moved, rowAfter, type Selection } from './selection.ts';
import { TableHead } from './table-head.tsx';
import './track-table.css';
import type { TrackRows } from '../use-tracks.ts';

/** Rows are this high. */
const ROW_REM = 2.75;

interface Props {
  rows: TrackRows;
  /** Of all rows, in order. */
  ids: TrackId[];
  sort: SortKey;
  descending: boolean;
  onSort: (sort: SortKey, descending: boolean) => void;
  selection: Selection;
  onSelect: (selection: Selection) => void;
  /** A click does what it does with Ctrl. */
  isTicking: boolean;
  onOpen: (id: TrackId) => void;
  onRemove: () => void;
  /** For the songs that are selected. */
  actions: () => MenuItem[];
}

/** The songs in columns, selected as in a file manager. Only the rows in view exist. */
export function TrackTable(props: Props): JSX.Element {
  const { rows, ids, selection, onSelect } = props;
  const count = rows.total ?? 0;
  const { engine } = useServices();
  const { list, first, last, reveal } = useFocusedRow(count, ROW_REM);
  const [shown, setShown] = useState(() => chosenFrom(readKept(localStore, 'columns')));
  const [menu, setMenu] = useState<MenuPlace>();
  const template = shown.map((name) => columns[name].width).join(' ');

  const walk = (event: KeyboardEvent) => {
    const keys = { shift: event.shiftKey, ctrl: event.ctrlKey || event.metaKey };
    const row = rowAfter(event.key, selection.cursor, count);
    if (row !== undefined) {
      onSelect(moved(selection, ids, row, keys));
      reveal(row);
    } else if (event.key === 'a' && keys.ctrl) onSelect({ ...selection, ids: new Set(ids) });
    else if (event.key === ' ' && keys.ctrl) onSelect(clicked(selection, ids, selection.cursor, keys));
    else if (event.key === 'Escape' && selection.ids.size) onSelect({ ...selection, ids: new Set() });
    else if (event.key === 'Delete' && selection.ids.size) props.onRemove();
    else if (event.key === 'Enter' && ids[selection.cursor]) props.onOpen(ids[selection.cursor]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const openMenu = (event: MouseEvent, row: number, track: Track) => {
    event.preventDefault();
    if (!selection.ids.has(track.id)) onSelect(clicked(selection, ids, row, { shift: false, ctrl: false }));
    setMenu({ x: event.clientX, y: event.clientY, opener: event.currentTarget as HTMLElement });
  };
  const drag = (event: DragEvent, row: number, track: Track) => {
    const isSelected = selection.ids.has(track.id);
    if (!isSelected) onSelect(clicked(selection, ids, row, { shift: false, ctrl: false }));
    dragBundle(event, isSelected ? [...selection.ids] : [track.id], track);
  };
  const press = (track: Track) =>
    void prepareBundle(engine, selection.ids.has(track.id) ? [...selection.ids] : [track.id]);

  const places = Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i);
  const stop = places.includes(selection.cursor) ? selection.cursor : first;
  return (
    <>
      <table
        class="track-table"
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the table is a grid whose rows are selected with the keyboard
        role="grid"
        aria-label={t('place.library')}
        aria-multiselectable="true"
        aria-rowcount={count + 1}
        style={{ '--columns': template }}
      >
        <TableHead {...props} shown={shown} onShow={setShown} />
        <tbody ref={list} style={{ height: `${count * ROW_REM}rem` }}>
          {places.map((row) => {
            const track = rows.at(row);
            return (
              track && (
                <TableRow
                  key={track.id}
                  {...{ row, track, shown }}
                  isStop={row === stop}
                  isSelected={selection.ids.has(track.id)}
                  onKeyDown={walk}
                  onPointerDown={() => press(track)}
                  onClick={(event) => onSelect(clicked(selection, ids, row, keysOf(event, props.isTicking)))}
                  onDblClick={() => props.onOpen(track.id)}
                  onContextMenu={(event) => openMenu(event, row, track)}
                  onDragStart={(event) => drag(event, row, track)}
                />
              )
            );
          })}
        </tbody>
      </table>
      {menu && <ContextMenu place={menu} items={props.actions()} onClose={() => setMenu(undefined)} />}
    </>
  );
}

interface RowProps extends HTMLAttributes<HTMLTableRowElement> {
  row: number;
  track: Track;
  shown: ColumnName[];
  isStop: boolean;
  isSelected: boolean;
}

function TableRow({ row, track, shown, isStop, isSelected, ...events }: RowProps): JSX.Element {
  return (
    <tr
      tabIndex={isStop ? 0 : -1}
      data-row={row}
      data-off={!track.enabled}
      aria-rowindex={row + 2}
      aria-selected={isSelected}
      draggable
      style={{ top: `${row * ROW_REM}rem`, height: `${ROW_REM}rem` }}
      {...events}
    >
      {shown.map((name) => (
        <td key={name} class="number" data-end={columns[name].atEnd}>
          {columns[name].cell(track)}
        </td>
      ))}
    </tr>
  );
}

const keysOf = (event: MouseEvent, isTicking: boolean): Keys => ({
  shift: event.shiftKey,
  ctrl: event.ctrlKey || event.metaKey || isTicking,
});
