import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Progress as Done } from '../../../engine/api.ts';
import { t } from '../../messages/messages.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { date } from '../../parts/localized.ts';
import { faultText } from '../../parts/notices/fault-text.ts';
import { tell } from '../../parts/notices/toast.tsx';
import { Progress } from '../../parts/progress.tsx';
import { useServices } from '../../services.ts';
import { type Backup, readBackup } from './backup-file.ts';
import { restoreBackup } from './restore-backup.ts';

/** Shows what is in a backup, before anything changes. */
export function RestoreDialog({ file, onClose }: { file: File; onClose: () => void }): JSX.Element {
  const { engine } = useServices();
  const [backup, setBackup] = useState<Backup & { sessionCount: number }>();
  const [fault, setFault] = useState<string>();
  const [progress, setProgress] = useState<Done>();
  const abort = useRef(new AbortController());
  const failed = (error: Error) => {
    setProgress(undefined);
    if (error.name !== 'AbortError') setFault(faultText(error.name));
  };
  useEffect(() => {
    const look = async () => {
      const read = await readBackup(file);
      // One that is cut short is refused before anything changes.
      const { sessionCount } = await engine.previewBundle(read.bundle);
      setBackup({ ...read, sessionCount });
    };
    look().catch(failed);
    return () => abort.current.abort();
  }, [file]);

  const restore = async () => {
    setProgress({ done: 0, total: 1 });
    try {
      const { songs, sessions } = await restoreBackup(engine, backup!, setProgress, abort.current.signal);
      onClose();
      tell({
        text: t('backup.restored', { songs, sessions }),
        stays: true,
        action: { label: t('app.update.now'), act: () => location.reload() },
      });
    } catch (error) {
      failed(error as Error);
    }
  };
  return (
    <Dialog title={t('backup.restore')} onClose={onClose}>
      <p class="soft">
        <bdi>{file.name}</bdi>
      </p>
      {fault && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
      {backup && (
        <p>
          {t('backup.inside', {
            date: date(backup.made),
            songs: backup.tracks.length,
            sessions: backup.sessionCount,
          })}
        </p>
      )}
      {backup && <p class="soft">{t('backup.restore.text')}</p>}
      {progress && <Progress {...progress} label={t('backup.restore')} />}
      {backup && !progress && !fault && (
        <Button kind="main" onClick={restore}>
          {t('backup.restore.now')}
        </Button>
      )}
    </Dialog>
  );
}
