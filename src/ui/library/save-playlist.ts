/** Songs as an M3U playlist, which other players read: it names the files that the songs were learnt from. */
import type { Engine } from '../../engine/api.ts';
import type { Track, TrackId } from '../../types.ts';
import { dated, download } from '../bundles/save-file.ts';
import { t } from '../messages/messages.ts';
import { tell } from '../parts/notices/toast.tsx';

const inLine = (text: string) => text.replace(/[\r\n]+/g, ' ');

function playlistOf(tracks: readonly Track[]): string {
  const entries = tracks
    .filter(({ fileName }) => fileName)
    .map(({ seconds, artist, title, fileName }) => {
      const name = inLine([artist, title].filter(Boolean).join(' - '));
      return `#EXTINF:${Math.round(seconds)},${name}\n${inLine(fileName)}\n`;
    });
  return `#EXTM3U\n${entries.join('')}`;
}

export async function savePlaylist(engine: Engine, ids: TrackId[]): Promise<void> {
  const tracks = await Promise.all(ids.map((id) => engine.track(id)));
  const known = tracks.flatMap((track) => (track?.fileName ? track : []));
  if (known.length === 0) {
    tell({ text: t('library.playlist.none'), isFault: true });
    return;
  }
  download(dated(t('bundle.name'), 'm3u8'), new Blob([playlistOf(known)], { type: 'audio/x-mpegurl' }));
}
