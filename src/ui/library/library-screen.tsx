import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { SortKey } from '../../engine/api.ts';
import type { TrackId } from '../../types.ts';
import { isAdding } from '../adding/take-files.ts';
import { useCatalogueName } from '../catalogues/catalogue-name.ts';
import { mostHeard, useHeardSongs } from '../history/heard-songs.ts';
import { type Key, t } from '../messages/messages.ts';
import { Button, IconButton } from '../parts/button.tsx';
import { useCell } from '../parts/cell.ts';
import { Icon } from '../parts/icon.tsx';
import { later } from '../parts/lazy.tsx';
import { LongList } from '../parts/long-list.tsx';
import { useMedia } from '../parts/media.ts';
import { Menu } from '../parts/menu.tsx';
import { SearchField } from '../parts/search-field.tsx';
import { useKept, useKeptScroll } from '../parts/session-state.ts';
import { linkTo, route } from '../route.ts';
import { useServices } from '../services.ts';
import { beginsDescending } from './columns.tsx';
import { EmptyShelf } from './empty-shelf.tsx';
import { GroupList } from './group-list.tsx';
import './library.css';
import { LibraryDesk } from './library-desk.tsx';
import { type LibraryPlace, useLibraryPlace } from './library-place.ts';
import { SelectionBar } from './selection-bar.tsx';
import { TrackRow } from './track-row.tsx';
import { type TrackRows, useRows } from './use-tracks.ts';

const DuplicatesPage = later(() => import('./duplicates/duplicates-page.tsx').then((page) => page.DuplicatesPage));

const sorts: SortKey[] = ['title', 'artist', 'album', 'year', 'added', 'seconds', 'heard'];
const views = { songs: undefined, artists: 'artists', albums: 'albums', duplicates: 'duplicates' } as const;

const isText = (kept: unknown): kept is string => typeof kept === 'string';
const isWhole = ({ artist, album, catalogue }: LibraryPlace) =>
  [artist, album, catalogue].every((part) => part === undefined);
const isFlag = (kept: unknown): kept is boolean => typeof kept === 'boolean';
const isSort = (kept: unknown): kept is SortKey => sorts.some((sort) => sort === kept);

/** With room for two panes, or a mouse, songs are shown in columns. A finger on a tablet gets the list of a phone. */
const DESK = '(min-width: 1100px), (min-width: 700px) and (pointer: fine)';

/** Height of a row, which the list needs. */
const ROW_REM = 4.25;

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
              <Title place={place} total={isSongs ? total : undefined} isFound={Boolean(search)} />
              {isWhole(place) && <Views view={place.view} />}
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

/** What the list shows and in which order; it is kept while the app is open. */
function useLibraryQuery(place: LibraryPlace) {
  const [search, setSearch] = useKept('library.search', '', isText);
  const [usualSort, setUsualSort] = useKept<SortKey>('library.sort', 'title', isSort);
  const [albumSort, setAlbumSort] = useKept<SortKey>('library.album.sort', 'album', isSort);
  const [descending, setDescending] = useKept('library.descending', false, isFlag);
  // The songs of an album come in its own order first.
  const [sort, setSort] = place.album === undefined ? [usualSort, setUsualSort] : [albumSort, setAlbumSort];
  const heardSongs = useHeardSongs();
  const heard = useMemo(() => (sort === 'heard' ? mostHeard(heardSongs) : undefined), [sort, heardSongs]);
  const { artist, album, catalogue } = place;
  const query = { search: searchOf(search), sort, descending, heard, artist, album, catalogue };
  const order = (next: SortKey, isDown: boolean) => {
    setSort(next);
    setDescending(isDown);
  };
  return { query, search, setSearch, order };
}

type Sorting = { sort: SortKey; descending: boolean; onSort: (sort: SortKey, descending: boolean) => void };

function SortMenu({ sort, descending, onSort }: Sorting): JSX.Element {
  return (
    <Menu
      label={`${t('library.sort')}: ${t(`library.sort.${sort}`)}`}
      text={t(`library.sort.${sort}`)}
      icon="down"
      items={[
        ...sorts.map((key) => ({
          label: t(`library.sort.${key}` satisfies Key),
          isChosen: key === sort,
          act: () => onSort(key, beginsDescending(key)),
        })),
        { label: t('library.sort.down'), isChosen: descending, act: () => onSort(sort, !descending) },
      ]}
    />
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

function SongList(props: {
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

/** "artist:" in the words of the person's language is what the engine calls "artist:". */
function searchOf(typed: string): string {
  return (['title', 'artist', 'album', 'year'] as const).reduce(
    (text, name) => text.replace(new RegExp(`${t(`track.${name}`)}:`, 'iu'), `${name}:`),
    typed,
  );
}

function Title(props: { place: LibraryPlace; total: number | undefined; isFound: boolean }): JSX.Element {
  const { place, total, isFound } = props;
  const catalogue = useCatalogueName(place);
  const name = place.artist ?? place.album ?? catalogue;
  const whole = wholeOf(place);
  return (
    <div class="library-title">
      {!isWhole(place) && (
        <a class="library-back" href={linkTo({ place: 'library', detail: views[whole] })}>
          <Icon name="back" size={18} />
          {t(`library.view.${whole}`)}
        </a>
      )}
      <h1 dir="auto">{name ?? t('place.library')}</h1>
      {/* Not a heading: it changes as one types. */}
      <p class="soft number" role="status">
        {total !== undefined && t(isFound ? 'library.found' : 'library.count', { count: total })}
      </p>
    </div>
  );
}

/** Where the way back leads. */
function wholeOf({ artist, album }: LibraryPlace): 'songs' | 'artists' | 'albums' {
  if (artist !== undefined) return 'artists';
  return album === undefined ? 'songs' : 'albums';
}

/** Songs, artists or albums. */
function Views({ view }: { view: LibraryPlace['view'] }): JSX.Element {
  return (
    <nav class="library-views" aria-label={t('library.view')}>
      {(Object.keys(views) as (keyof typeof views)[]).map((name) => (
        <a
          key={name}
          href={linkTo({ place: 'library', detail: views[name] })}
          aria-current={name === view ? 'page' : undefined}
        >
          {t(name === 'duplicates' ? 'duplicates.title' : `library.view.${name}`)}
        </a>
      ))}
    </nav>
  );
}
