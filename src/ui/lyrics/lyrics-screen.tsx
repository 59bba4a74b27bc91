import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { parseLyrics } from '../../lyrics/parse-lyrics.ts';
import type { Track } from '../../types.ts';
import { positionNow, type SessionState } from '../listen/session/listening-state.ts';
import { t } from '../messages/messages.ts';
import { Button, IconButton } from '../parts/button.tsx';
import { clock } from '../parts/localized.ts';
import { type SongSound, useSongSound } from '../parts/sound/song-sound.tsx';
import { useCell } from '../parts/state/cell.ts';
import { useServices } from '../services.ts';
import { LyricsLines } from './lyrics-lines.tsx';
import './lyrics-screen.css';

const LOOK_EVERY_MS = 100;

interface Props {
  track: Track;
  text: string;
  onClose: () => void;
}

/** Lyrics as a screen of their own, in time with the music: what is heard, or the person's own file. */
export function LyricsScreen({ track, text, onClose }: Props): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const lyrics = useMemo(() => parseLyrics(text), [text]);
  const sound = useSongSound(track);
  const position = usePosition(track, sound);
  useEffect(() => {
    const opener = document.activeElement;
    dialog.current?.showModal();
    return () => opener instanceof HTMLElement && opener.focus();
  }, []);
  return (
    <dialog ref={dialog} class="lyrics" aria-label={`${t('lyrics.title')}: ${track.title}`} onClose={onClose}>
      <header class="lyrics-head">
        <IconButton icon="close" label={t('do.close')} onClick={() => dialog.current?.close()} />
        {/* The lyrics take the focus first, so that screen readers begin at their start. */}
        <div class="lyrics-names" tabIndex={-1} autofocus>
          <h2>
            <bdi>{track.title}</bdi>
          </h2>
          {track.artist && <bdi class="soft">{track.artist}</bdi>}
        </div>
        {position !== undefined && <span class="number soft">{clock(position)}</span>}
      </header>
      {!lyrics.isTimed && <p class="lyrics-note soft">{t('lyrics.untimed')}</p>}
      <LyricsLines lyrics={lyrics} position={position} play={(seconds) => void sound.play(seconds)} />
      <footer class="lyrics-foot">
        {sound.isMissing && <p class="soft">{t('play.missing', { name: track.fileName })}</p>}
        <PlayButton sound={sound} position={position} />
      </footer>
      {sound.input}
    </dialog>
  );
}

function PlayButton({ sound, position = 0 }: { sound: SongSound; position?: number }): JSX.Element {
  const { isPlaying, isMissing, play, stop } = sound;
  return (
    <Button
      icon={isPlaying ? 'pause' : isMissing ? 'file' : 'play'}
      onClick={() => (isPlaying ? stop() : void play(position))}
    >
      {isPlaying ? t('play.stop') : isMissing ? t('play.show') : t('play.from', { time: clock(position) })}
    </Button>
  );
}

/** Where in the song the music is: in the file that plays, or as it is heard; undefined if neither is known. */
function usePosition(track: Track, { isPlaying, position }: SongSound): number | undefined {
  const { session } = useServices();
  const state = useCell(session.state);
  const found = foundIn(state);
  const isHeard = found?.match.track.id === track.id;
  const [now, setNow] = useState<number>();
  const played = useRef({ position, atMs: 0 });
  if (played.current.position !== position) played.current = { position, atMs: performance.now() };
  useEffect(() => {
    // The player reports its position four times a second; between reports it is extrapolated.
    const look = () => {
      const { position, atMs } = played.current;
      if (isPlaying) setNow(position + (performance.now() - atMs) / 1000);
      else if (isHeard && found) setNow(positionNow(found));
    };
    look();
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [isPlaying, isHeard, found]);
  return now;
}

const foundIn = (state: SessionState) =>
  state.name === 'found' || state.name === 'listening' ? state.found : undefined;
