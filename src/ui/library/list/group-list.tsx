import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { TrackGroup } from '../../../engine/api.ts';
import { t } from '../../messages/messages.ts';
import { Cover } from '../../parts/cover.tsx';
import { LongList } from '../../parts/lists/long-list.tsx';
import { span } from '../../parts/localized.ts';
import { showFault } from '../../parts/notices/fault-toast.ts';
import { useCell } from '../../parts/state/cell.ts';
import { useMedia } from '../../parts/state/media.ts';
import { linkTo } from '../../route.ts';
import { useServices } from '../../services.ts';
import './group-list.css';

const ROW_REM = 4.25;

/** The artists or the albums, each a place of its own. Where there is room, several side by side. */
export function GroupList({ by, search }: { by: 'artist' | 'album'; search: string }): JSX.Element {
  const { engine, libraryVersion } = useServices();
  const version = useCell(libraryVersion);
  const [groups, setGroups] = useState<TrackGroup[]>();
  const isWide = useMedia('(min-width: 1100px)');
  const isMiddle = useMedia('(min-width: 640px)');
  const across = isWide ? 3 : isMiddle ? 2 : 1;
  useEffect(() => {
    let isCurrent = true;
    engine.groups(by, search).then((found) => isCurrent && setGroups(found), showFault);
    return () => {
      isCurrent = false;
    };
  }, [by, search, version]);

  if (!groups) return <div />;
  if (!groups.length) {
    return <p class="library-none soft">{t(search ? 'library.groups.notFound' : 'library.groups.none')}</p>;
  }
  return (
    <LongList
      count={Math.ceil(groups.length / across)}
      rowRem={ROW_REM}
      label={t(by === 'artist' ? 'library.view.artists' : 'library.view.albums')}
      row={(index, tabIndex) => (
        <div class="group-row" data-across={across}>
          {groups.slice(index * across, (index + 1) * across).map((group, i) => (
            <a
              key={group.name}
              class="track-row"
              tabIndex={i ? undefined : tabIndex}
              href={linkTo({ place: 'library', detail: `${by}:${encodeURIComponent(group.name)}` })}
            >
              <Cover track={group.example} />
              <span class="track-row-names">
                <span class="track-row-title" dir="auto">
                  {group.name}
                </span>
                <span class="track-row-by number">
                  {[group.artist, t('library.count', { count: group.count }), span(group.seconds)]
                    .filter(Boolean)
                    .join(', ')}
                </span>
              </span>
            </a>
          ))}
        </div>
      )}
    />
  );
}
