/** The ways to a song's lyrics: one of the things to do with an answer, or a button. Nothing if there are none. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Track } from '../../types.ts';
import { Act } from '../listen/answer/act.tsx';
import { t } from '../messages/messages.ts';
import { Button } from '../parts/button.tsx';
import { later } from '../parts/lazy.tsx';
import { useLyricsText } from './song-lyrics.ts';

const LyricsScreen = later(() => import('./lyrics-screen.tsx').then((part) => part.LyricsScreen));

export function OpenLyrics({ track, as }: { track: Track; as: 'act' | 'button' }): JSX.Element | null {
  const text = useLyricsText(track.id);
  const [isOpen, setOpen] = useState(false);
  if (!text) return null;
  const open = () => setOpen(true);
  return (
    <>
      {as === 'act' ? (
        <Act icon="lyrics" label={t('lyrics.title')} act={open} />
      ) : (
        <Button icon="lyrics" onClick={open}>
          {t('lyrics.title')}
        </Button>
      )}
      {isOpen && <LyricsScreen track={track} text={text} onClose={() => setOpen(false)} />}
    </>
  );
}
