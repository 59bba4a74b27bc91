/** The recording's own file, to hear it: from this visit, by its handle, or shown once by the person. */
import { useState } from 'preact/hooks';
import type { Session } from '../../engine/api.ts';
import { fileOf, rememberFile } from '../adding/song-files.ts';
import { showFault } from '../parts/notices/fault-toast.ts';
import { type SoundPlayer, useSoundPlayer } from '../parts/sound/sound-player.ts';
import type { RecordingReport } from './queue/recordings.ts';

export interface RecordingSound {
  player: SoundPlayer;
  /** It has to be shown before it can be heard. */
  isMissing: boolean;
  /** The file, if it is at hand; to be called within a click. */
  file(): Promise<File | undefined>;
  play(fromSeconds: number): Promise<void>;
  show(file: File): Promise<void>;
}

export const soundKey = (session: Session): string => `session/${session.id}`;

export function useRecordingSound(session: Session | undefined, report: RecordingReport | undefined): RecordingSound {
  const player = useSoundPlayer();
  const [isMissing, setMissing] = useState(false);
  const file = async () => {
    const found = report?.file?.file ?? (session && (await fileOf(soundKey(session)).catch(() => undefined)));
    setMissing(!found);
    return found;
  };
  return {
    player,
    isMissing,
    file,
    async play(fromSeconds) {
      const found = await file();
      if (found) await player.play(found, fromSeconds).catch(showFault);
    },
    async show(shown) {
      if (session) await rememberFile(soundKey(session), { file: shown });
      setMissing(false);
    },
  };
}
