import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { SortKey } from '../../engine/api.ts';
import type { TrackId } from '../../types.ts';
import { type Key, t } from '../messages/messages.ts';
import { Button, IconButton } from '../parts/button.tsx';
import { useCell } from '../parts/cell.ts';

import { LongList } from '../parts/long-list.tsx';
import { Menu } from '../parts/menu.tsx';
import { SearchField } from '../parts/search-field.tsx';
import { useKept, useKeptScroll } from '../parts/session-state.ts';
import { route } from '../route.ts';
import { EmptyShelf } from './empty-shelf.tsx';
import './library.css';
import { isAdding } from '../adding/take-files.ts';
import { SelectionBar } from './selection-bar.tsx';
import { TrackRow } from './track-row.tsx';
import { useRows } from './use-tracks.ts';

const sorts: SortKey[] = ['title', 'artist', 'album', 'year', 'added', 'seconds'];

const isText = (kept: unknown): kept is string => typeof kept === 'string';
const isFlag = (kept: unknown): kept is boolean => typeof kept === 'boolean';
const isSort = (kept: unknown): kept is SortKey => sorts.some((sort) => sort === kept);

/** Rows are this high; the list needs to know. */
const ROW_REM = 4.25;

export function Library(): JSX.Element {
  const [search, setSearch] = useKept('library.search', '', isText);
  const [sort, setSort] = useKept<SortKey>('library.sort', 'title', isSort);
  const [descending, setDescending] = useKept('library.descending', false, isFlag);
  const [selected, setSelected] = useState<ReadonlySet<TrackId>>();
  const { detail } = useCell(route);
  const rows = useRows({ search, sort, descending });
  const { total } = rows;
  const screen = useKeptScroll('library', total !== undefined);

  const choose = (id: TrackId) => {
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    setSelected(next);
  };

  if (total === 0 && !search) return <EmptyShelf />;
  return (
    <section class="library" ref={screen} aria-label={t('place.library')}>
      <div class="library-head">
        {selected ? (
          <SelectionBar query={{ search }} total={total ?? 0} selected={selected} onSelect={setSelected} />
        ) : (
          <header>
            <div>
              <h1>{t('place.library')}</h1>
              {/* Not a heading: it changes as one types. */}
              <p class="soft number" role="status">
                {total !== undefined && t(search ? 'library.found' : 'library.count', { count: total })}
              </p>
            </div>
            <div class="library-tools">
              <Menu
                label={`${t('library.sort')}: ${t(`library.sort.${sort}`)}`}
                text={t(`library.sort.${sort}`)}
                icon="down"
                items={[
                  ...sorts.map((key) => ({
                    label: t(`library.sort.${key}` satisfies Key),
                    isChosen: key === sort,
                    act: () => setSort(key),
                  })),
                  { label: t('library.sort.down'), isChosen: descending, act: () => setDescending(!descending) },
                ]}
              />
              <IconButton icon="check" label={t('library.select')} onClick={() => setSelected(new Set())} />
            </div>
          </header>
        )}
        <SearchField label={t('library.search')} value={search} onInput={setSearch} takesFocus={detail === 'search'} />
      </div>
      <div class="library-add">
        <Button kind="main" icon="plus" onClick={() => isAdding.set(true)}>
          {t('library.add')}
        </Button>
      </div>
      {rows.fault && (
        <p class="library-none fault" role="alert">
          {rows.fault}
        </p>
      )}
      {total === 0 ? (
        <p class="library-none soft">{t('library.search.none', { words: search })}</p>
      ) : (
        <LongList
          count={total ?? 0}
          rowRem={ROW_REM}
          label={t('place.library')}
          row={(index, tabIndex) => {
            const track = rows.at(index);
            const isSelected = track && selected?.has(track.id);
            return track && <TrackRow {...{ track, tabIndex, isSelected }} onSelect={selected && choose} />;
          }}
        />
      )}
    </section>
  );
}
