import type { JSX } from 'preact';
import { useCatalogueName } from '../catalogues/catalogue-name.ts';
import { t } from '../messages/messages.ts';
import { Icon } from '../parts/icons/icon.tsx';
import { linkTo } from '../route.ts';
import { isWhole, type LibraryPlace } from './library-place.ts';

const views = { songs: undefined, artists: 'artists', albums: 'albums', duplicates: 'duplicates' } as const;

/** What the list is of, the way back, and how many songs there are. */
export function LibraryTitle(props: { place: LibraryPlace; total: number | undefined; isFound: boolean }): JSX.Element {
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
export function LibraryViews({ view }: { view: LibraryPlace['view'] }): JSX.Element {
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
