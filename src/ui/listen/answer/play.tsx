import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../../messages/messages.ts';
import { clock } from '../../parts/localized.ts';
import { useSongSound } from '../../parts/sound/song-sound.tsx';
import { type Found, positionNow } from '../session/listening-state.ts';
import { Act } from './act.tsx';

/** Plays the person's own file from where the music is. If its place is not known, the user is asked for it once. */
export function Play({ found }: { found: Found }): JSX.Element {
  const { track } = found.match;
  const { isPlaying, isMissing, play, stop, input } = useSongSound(track);
  // The music goes on meanwhile, and so does the place from which it would be played.
  const [from, setFrom] = useState(() => positionNow(found));
  useEffect(() => {
    setFrom(positionNow(found));
    const timer = setInterval(() => setFrom(positionNow(found)), 250);
    return () => clearInterval(timer);
  }, [found]);
  const label = isPlaying ? t('play.stop') : isMissing ? t('play.show') : t('play.from', { time: clock(from) });
  return (
    <>
      <Act
        icon={isPlaying ? 'pause' : isMissing ? 'file' : 'play'}
        label={label}
        hint={isMissing ? t('play.missing', { name: track.fileName }) : undefined}
        pressed={isPlaying}
        act={() => (isPlaying ? stop() : void play(positionNow(found)))}
      />
      {input}
    </>
  );
}
