import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { TrackId } from '../../types.ts';
import { isAdding } from '../adding/take-files.ts';
import { t } from '../messages/messages.ts';
import { Button, IconButton } from '../parts/button.tsx';
import { SearchField } from '../parts/fields/search-field.tsx';
import { later } from '../parts/lazy.tsx';
import { useCell } from '../parts/state/cell.ts';
import { useMedia } from '../parts/state/media.ts';
import { useKeptScroll } from '../parts/state/session-state.ts';
import { route } from '../route.ts';
import { useServices } from '../services.ts';
import { EmptyShelf } from './empty-shelf.tsx';
import { GroupList } from './list/group-list.tsx';
import './library.css';
import { LibraryDesk } from './desk/library-desk.tsx';
import { isWhole, useLibraryPlace } from './library-place.ts';
import { useLibraryQuery } from './library-query.ts';
import { LibraryTitle, LibraryViews } from './library-title.tsx';
import { SelectionBar } from './list/selection-bar.tsx';
import { SongList } from './list/song-list.tsx';
import { SortMenu } from './list/sort-menu.tsx';
import { useRows } from './use-tracks.ts';

const DuplicatesPage = later(() => import('./duplicates/duplicates-page.tsx').then((page) => page.DuplicatesPage));

/** With room for two panes, or a mouse, songs are shown in columns. A finger on a tablet gets the list of a phone. */
const DESK = '(min-width: 1100px), (min-width: 700px) and (pointer: fine)';

export function Library(): JSX.Element {
  const place = useLibraryPlace();
  const { query, search, setSearch, order } = useLibraryQuery(place);
  const [selected, setSelected] = useState<ReadonlySet<TrackId>>();
  const isDesk = useMedia(DESK);
  const isTouch = useMedia('(any-pointer: coarse)');
  const [isTicking, setTicking] = useState(false);
  const rows = useRows(query);
  const { total } = rows;
  const screen = useKeptScroll('library', total !== undefined);
  useEffect(() => setSelected(undefined), [place.view, place.artist, place.album, place.catalogue]);

  const choose = (id: TrackId) => {
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    setSelected(next);
  };

  if (useCell(useServices().songCount) === 0 && !search) return <EmptyShelf />;
  if (place.view === 'duplicates') return <DuplicatesPage />;
  const isSongs = place.view === 'songs';
  const head = (
    <>
      <div class="library-top">
        <div class="library-head">
          {selected ? (
            <SelectionBar query={query} selected={selected} onSelect={setSelected} />
          ) : (
            <header>
              <LibraryTitle place={place} total={isSongs ? total : undefined} isFound={Boolean(search)} />
              {isWhole(place) && <LibraryViews view={place.view} />}
              <div class="library-tools">
                {isSongs && !isDesk && (
                  <ListTools query={query} order={order} onSelect={() => setSelected(new Set())} />
                )}
                {isSongs && isDesk && isTouch && (
                  <IconButton
                    icon="check"
                    label={t('library.select')}
                    pressed={isTicking}
                    onClick={() => setTicking(!isTicking)}
                  />
                )}
              </div>
            </header>
          )}
          <LibrarySearch value={search} onInput={setSearch} />
        </div>
        <div class="library-add">
          <Button kind="main" icon="plus" onClick={() => isAdding.set(true)}>
            {t('library.add')}
          </Button>
        </div>
      </div>
      <Nothing fault={rows.fault} search={isSongs && total === 0 ? search : ''} />
    </>
  );

  if (isSongs && isDesk) {
    return (
      <section class="library library-wide" ref={screen} aria-label={t('place.library')}>
        <LibraryDesk {...{ query, rows, head, isTicking }} onSort={order} />
      </section>
    );
  }
  return (
    <section class="library" ref={screen} aria-label={t('place.library')}>
      {head}
      {place.view !== 'songs' ? (
        <GroupList by={place.view === 'artists' ? 'artist' : 'album'} search={search} />
      ) : (
        total !== 0 && <SongList rows={rows} selected={selected} onSelect={choose} />
      )}
    </section>
  );
}

/** Sorting and selecting, where the songs have no columns. */
function ListTools(
  props: Pick<ReturnType<typeof useLibraryQuery>, 'query' | 'order'> & { onSelect: () => void },
): JSX.Element {
  return (
    <>
      <SortMenu {...props.query} onSort={props.order} />
      <IconButton icon="check" label={t('library.select')} onClick={props.onSelect} />
    </>
  );
}

/** Why there are no songs: the library cannot be read, or none matches the words of `search`. */
function Nothing({ fault, search }: { fault?: string; search: string }): JSX.Element {
  return (
    <>
      {fault && (
        <p class="library-none fault" role="alert">
          {fault}
        </p>
      )}
      {search && <p class="library-none soft">{t('library.search.none', { words: search })}</p>}
    </>
  );
}

function LibrarySearch(props: { value: string; onInput: (search: string) => void }): JSX.Element {
  const { engine } = useServices();
  const { detail } = useCell(route);
  return (
    <SearchField
      label={t('library.search')}
      {...props}
      onFocus={() => void engine.prepareSearch().catch(console.warn)}
      takesFocus={detail === 'search'}
    />
  );
}
