/** Reminds of a backup when much has changed since the last one; once a week at most. */
import { t } from '../../messages/messages.ts';
import { isTelling, tell } from '../../parts/notices/toast.tsx';
import { fieldsOf, keep, localStore, readKept } from '../../parts/state/kept.ts';
import { go } from '../../route.ts';
import type { Services } from '../../services.ts';
import { LAST_BACKUP } from './save-backup.ts';

const REMINDED = 'backup-reminded';
/** Songs that came or went since the last backup. */
const MUCH = 50;
const WEEK_MS = 7 * 86_400_000;

/** When the last backup was made, and how many songs it has. */
export function lastBackup(): { at: number; songs: number } | undefined {
  const { at, songs } = fieldsOf(readKept(localStore, LAST_BACKUP));
  return Number.isFinite(at) && Number.isFinite(songs) ? { at: Number(at), songs: Number(songs) } : undefined;
}

export const isDue = (songs: number, backup: { songs: number } | undefined, reminded: number, now: number): boolean =>
  Math.abs(songs - (backup?.songs ?? 0)) >= MUCH && now - reminded > WEEK_MS;

export function remindOfBackup({ songCount }: Services): void {
  const look = () => {
    const songs = songCount.value;
    const reminded = Number(readKept(localStore, REMINDED)) || 0;
    if (songs === undefined || isTelling() || !isDue(songs, lastBackup(), reminded, Date.now())) return;
    keep(localStore, REMINDED, Date.now());
    tell({
      text: t('backup.reminder'),
      stays: true,
      action: { label: t('settings.storage.backup'), act: () => go({ place: 'settings', detail: 'backup' }) },
    });
  };
  songCount.subscribe(look);
  look();
}
