/** Plays a file of the person's own from a given second. One sound at a time. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { UserError } from '../../../errors.ts';

export interface SoundPlayer {
  isPlaying: boolean;
  /** Seconds of the file, about four times a second. */
  position: number;
  /** Resolves when it plays; to be called within a click. */
  play(file: Blob, fromSeconds: number): Promise<void>;
  stop(): void;
}

export function useSoundPlayer(): SoundPlayer {
  const [isPlaying, setPlaying] = useState(false);
  const [position, setPosition] = useState(0);
  const running = useRef<{ audio: HTMLAudioElement; url: string }>(undefined);

  const stop = () => {
    const { audio, url } = running.current ?? {};
    running.current = undefined;
    audio?.pause();
    if (url) URL.revokeObjectURL(url);
    setPlaying(false);
  };
  useEffect(() => stop, []);

  const play = async (file: Blob, fromSeconds: number) => {
    stop();
    const url = URL.createObjectURL(file);
    const audio = new Audio();
    running.current = { audio, url };
    const isMine = () => running.current?.audio === audio;
    audio.ontimeupdate = () => isMine() && setPosition(audio.currentTime);
    audio.onended = () => isMine() && stop();
    audio.src = url;
    audio.currentTime = fromSeconds; // before it is loaded this is where it will begin
    setPosition(fromSeconds);
    setPlaying(true);
    try {
      await audio.play();
    } catch (error) {
      if (!isMine()) return; // stopped before it began
      stop();
      // The browser says the same of what it cannot decode and of what it cannot read.
      throw (error as Error).name === 'NotSupportedError'
        ? new UserError('CodecMissing', 'This browser cannot play this kind of file.', { cause: error })
        : error;
    }
  };
  return { isPlaying, position, play, stop };
}
