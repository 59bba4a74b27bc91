import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { contentIdOf } from '../../../audio/content-id.ts';
import { fileOf, rememberFile } from '../../adding/song-files.ts';
import { t } from '../../messages/messages.ts';
import { showFault } from '../../parts/fault-toast.ts';
import { clock } from '../../parts/localized.ts';
import { useSoundPlayer } from '../../parts/sound-player.ts';
import { tell } from '../../parts/toast.tsx';
import { type Found, positionNow } from '../session/listening-state.ts';
import { Act } from './act.tsx';

/** Plays the person's own file from where the music is. The file is asked for once if it is not known where it is. */
export function Play({ found }: { found: Found }): JSX.Element {
  const { contentId, fileName } = found.match.track;
  const player = useSoundPlayer();
  const input = useRef<HTMLInputElement>(null);
  const [isMissing, setMissing] = useState(false);

  const begin = (file: File) => player.play(file, positionNow(found)).catch(showFault);
  const press = async () => {
    if (player.isPlaying) return player.stop();
    const file = isMissing ? undefined : await fileOf(contentId).catch(() => undefined);
    if (file) return void begin(file);
    if (isMissing) input.current?.click();
    setMissing(true);
  };
  const take = async ({ currentTarget: { files } }: { currentTarget: HTMLInputElement }) => {
    const [file] = files ?? [];
    if (!file) return;
    try {
      if ((await contentIdOf(file)) !== contentId) {
        return tell({ text: t('play.other', { name: fileName }), isFault: true });
      }
      await rememberFile(contentId, { file });
      setMissing(false);
      await begin(file);
    } catch (error) {
      showFault(error);
    }
  };

  const label = player.isPlaying
    ? t('play.stop')
    : isMissing
      ? t('play.show')
      : t('play.from', { time: clock(found.positionSeconds) });
  return (
    <>
      <Act
        icon={player.isPlaying ? 'pause' : isMissing ? 'file' : 'play'}
        label={label}
        hint={isMissing ? t('play.missing', { name: fileName }) : undefined}
        pressed={player.isPlaying}
        act={press}
      />
      <input ref={input} type="file" hidden accept="audio/*,video/*,.opus,.flac,.mkv" onChange={take} />
    </>
  );
}
