/** Plays a song from its file, whose place is known from learning, or which the user chooses once. */
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Track } from '../../../types.ts';
import { takeShownFile } from '../../adding/show-file.ts';
import { fileOf } from '../../adding/song-files.ts';
import { showFault } from '../notices/fault-toast.ts';
import { useSoundPlayer } from './sound-player.ts';

export interface SongSound {
  isPlaying: boolean;
  /** Seconds of the song. */
  position: number;
  /** The place of the file is not known; the next `play` asks for it. */
  isMissing: boolean;
  /** To be called within a click. */
  play(fromSeconds: number): Promise<void>;
  stop(): void;
  /** To be placed anywhere on the screen. */
  input: JSX.Element;
}

export function useSongSound(track: Track): SongSound {
  const player = useSoundPlayer();
  const input = useRef<HTMLInputElement>(null);
  const wanted = useRef(0);
  const [isMissing, setMissing] = useState(false);

  const begin = (file: File) => player.play(file, wanted.current).catch(showFault);
  const play = async (fromSeconds: number) => {
    wanted.current = fromSeconds;
    const file = isMissing ? undefined : await fileOf(track.contentId).catch(() => undefined);
    if (file) return begin(file);
    if (isMissing) input.current?.click();
    setMissing(true);
  };
  const take = async ({ currentTarget: { files } }: { currentTarget: HTMLInputElement }) => {
    const [file] = files ?? [];
    if (!file || !(await takeShownFile(track, file))) return;
    setMissing(false);
    await begin(file);
  };
  const { isPlaying, position, stop } = player;
  return {
    ...{ isPlaying, position, isMissing, play, stop },
    input: <input ref={input} type="file" hidden accept="audio/*,video/*,.opus,.flac,.mkv" onChange={take} />,
  };
}
