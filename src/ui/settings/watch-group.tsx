import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Track } from '../../types.ts';
import { hasSound, setSound, watch, watched } from '../listen/session/watched-songs.ts';
import { t } from '../messages/messages.ts';
import { IconButton } from '../parts/button.tsx';
import { Cover } from '../parts/cover.tsx';
import { Toggle } from '../parts/fields/choice.tsx';
import { showFault } from '../parts/notices/fault-toast.ts';
import { tell } from '../parts/notices/toast.tsx';
import { useCell } from '../parts/state/cell.ts';
import { linkTo } from '../route.ts';
import { useServices } from '../services.ts';
import './watch-group.css';

interface WatchedSong {
  contentId: string;
  /** Undefined if the library no longer has it. */
  track?: Track;
}

/** The songs whose playing the user wants to be told of, and how. */
export function WatchGroup(): JSX.Element {
  const { engine, libraryVersion } = useServices();
  const ids = useCell(watched);
  const version = useCell(libraryVersion);
  const isLoud = useCell(hasSound);
  const [songs, setSongs] = useState<WatchedSong[]>([]);
  useEffect(() => {
    let isCurrent = true;
    Promise.all(
      ids.map(async (contentId): Promise<WatchedSong> => ({ contentId, track: await engine.known(contentId) })),
    ).then((found) => isCurrent && setSongs(found), showFault);
    return () => {
      isCurrent = false;
    };
  }, [ids, version]);
  const remove = (song: WatchedSong) => {
    void watch(song, false);
    tell({ text: t('watch.end'), action: { label: t('do.undo'), act: () => void watch(song, true) } });
  };
  const isRefused = 'Notification' in window && Notification.permission === 'denied';
  return (
    <>
      <p class="setting-text soft">{t(ids.length ? 'watch.text' : 'watch.none')}</p>
      {ids.length > 0 && (
        <ul class="watch-list" aria-label={t('watch.title')}>
          {songs.map((song) => (
            <li key={song.contentId}>
              <WatchedSong song={song} />
              <IconButton
                icon="close"
                label={`${t('watch.end')}: ${song.track?.title ?? t('watch.gone')}`}
                onClick={() => remove(song)}
              />
            </li>
          ))}
        </ul>
      )}
      {isRefused && ids.length > 0 && <p class="setting-text soft">{t('watch.refused')}</p>}
      <Toggle label={t('watch.sound')} isOn={isLoud} onChange={setSound} />
    </>
  );
}

function WatchedSong({ song: { track } }: { song: WatchedSong }): JSX.Element {
  if (!track) return <span class="watch-song soft">{t('watch.gone')}</span>;
  return (
    <a class="watch-song" href={linkTo({ place: 'track', detail: String(track.id) })}>
      <Cover track={track} />
      <span>
        <bdi>{track.title}</bdi>
        {track.artist && <bdi class="soft">{track.artist}</bdi>}
      </span>
    </a>
  );
}
