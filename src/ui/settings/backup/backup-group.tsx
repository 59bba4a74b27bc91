import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Progress as Done } from '../../../engine/api.ts';
import { canShare, download, share } from '../../bundles/save-file.ts';
import { t } from '../../messages/messages.ts';
import { Button } from '../../parts/button.tsx';
import { date, size } from '../../parts/localized.ts';
import { showFault } from '../../parts/notices/fault-toast.ts';
import { tell } from '../../parts/notices/toast.tsx';
import { Progress } from '../../parts/progress.tsx';
import { useCell } from '../../parts/state/cell.ts';
import { route } from '../../route.ts';
import { useServices } from '../../services.ts';
import { EraseDialog } from './erase-dialog.tsx';
import { lastBackup } from './reminder.ts';
import { RestoreDialog } from './restore-dialog.tsx';
import { saveBackup } from './save-backup.ts';

/** Saves everything as one file, restores it from there, and erases everything. */
export function BackupGroup(): JSX.Element {
  const { engine, songCount } = useServices();
  const count = useCell(songCount) ?? 0;
  const { detail } = useCell(route);
  const [progress, setProgress] = useState<Done>();
  const [file, setFile] = useState<File>();
  const [isErasing, setErasing] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const group = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (detail === 'backup') group.current?.scrollIntoView({ block: 'center' });
  }, [detail]);

  const save = async () => {
    setProgress({ done: 0, total: 1 });
    try {
      const saved = await saveBackup(engine, setProgress);
      if (!saved) return;
      const { file: ready, bytes } = saved;
      if (ready && canShare(ready) && matchMedia('(pointer: coarse)').matches) await share(ready);
      else if (ready) download(ready.name, ready);
      tell({ text: t('backup.saved', { size: size(bytes) }) });
    } catch (error) {
      showFault(error);
    } finally {
      setProgress(undefined);
    }
  };
  const last = lastBackup();
  return (
    <div ref={group}>
      <p class="setting-text soft">{t('backup.text')}</p>
      <p class="setting-text number">
        {last ? t('backup.last', { date: date(last.at), count: last.songs }) : t('backup.never')}
        {last && Math.abs(count - last.songs) > 0 && ` ${t('backup.since', { count: Math.abs(count - last.songs) })}`}
      </p>
      <div class="setting-actions">
        <Button icon="bundle" disabled={Boolean(progress)} onClick={save}>
          {t('settings.storage.backup')}
        </Button>
        <Button onClick={() => input.current?.click()}>{t('backup.restore')}</Button>
        <Button kind="danger" icon="trash" onClick={() => setErasing(true)}>
          {t('backup.erase')}
        </Button>
        {progress && <Progress {...progress} label={t('settings.storage.backup')} />}
      </div>
      <input
        ref={input}
        type="file"
        hidden
        accept=".entendu-backup"
        onChange={({ currentTarget }) => {
          setFile(currentTarget.files?.[0]);
          currentTarget.value = '';
        }}
      />
      {file && <RestoreDialog file={file} onClose={() => setFile(undefined)} />}
      {isErasing && <EraseDialog onBackup={save} onClose={() => setErasing(false)} />}
    </div>
  );
}
