/** The recording's own file, to hear it: from this visit, by its handle, or shown once by the person. */
import { useState } from 'preact/hooks';
import type { Session } from '../../engine/api.ts';
import { canBeRead, fileOf, rememberFile } from '../adding/song-files.ts';
import { t } from '../messages/messages.ts';
import { showFault } from '../parts/notices/fault-toast.ts';
import { tell } from '../parts/notices/toast.tsx';
import { type SoundPlayer, useSoundPlayer } from '../parts/sound/sound-player.ts';
import type { RecordingReport } from './queue/recordings.ts';

export interface RecordingSound {
  player: SoundPlayer;
  /** It has to be shown before it can be heard. */
  isMissing: boolean;
  /** The file, if it is at hand; to be called within a click. */
  file(): Promise<File | undefined>;
  play(fromSeconds: number): Promise<void>;
  /** Takes the file if it is this recording; otherwise says so and returns false. */
  show(file: File): Promise<boolean>;
}

export const soundKey = (session: Session): string => `session/${session.id}`;

/** How much the lengths of one recording may differ, told by two programs. */
const SAME_SECONDS = 2;
const SAME_SHARE = 0.01;

/** Whether a file holds this recording: it has the recording's name or, if it was renamed, its length. */
async function isRecordingOf({ name, seconds, fault, state }: Session, file: File): Promise<boolean> {
  if (file.name === name) return true;
  const length = await lengthOf(file);
  if (length === undefined) return false;
  // Only its beginning was heard.
  if (fault || state === 'cut') return length >= seconds - SAME_SECONDS;
  return Math.abs(length - seconds) <= SAME_SECONDS + SAME_SHARE * seconds;
}

function lengthOf(file: File): Promise<number | undefined> {
  const url = URL.createObjectURL(file);
  const audio = new Audio();
  return new Promise<number | undefined>((resolve) => {
    audio.onloadedmetadata = () => resolve(Number.isFinite(audio.duration) ? audio.duration : undefined);
    audio.onerror = () => resolve(undefined);
    audio.preload = 'metadata';
    audio.src = url;
  }).finally(() => URL.revokeObjectURL(url));
}

export function useRecordingSound(session: Session | undefined, report: RecordingReport | undefined): RecordingSound {
  const player = useSoundPlayer();
  const [isMissing, setMissing] = useState(false);
  const file = async () => {
    const chosen = report?.file?.file;
    const isThere = chosen !== undefined && (await canBeRead(chosen));
    const found = isThere ? chosen : session && (await fileOf(soundKey(session)).catch(() => undefined));
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
      if (session && !(await isRecordingOf(session, shown))) {
        tell({ text: t('recording.other', { name: session.name ?? '' }), isFault: true });
        return false;
      }
      if (session) await rememberFile(soundKey(session), { file: shown });
      setMissing(false);
      return true;
    },
  };
}
