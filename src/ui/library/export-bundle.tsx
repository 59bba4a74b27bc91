import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { BundleOptions, Progress } from '../../engine/api.ts';
import type { TrackId } from '../../types.ts';
import { t } from '../messages/messages.ts';
import { Button } from '../parts/button.tsx';
import { useCell } from '../parts/cell.ts';
import { Dialog } from '../parts/dialog.tsx';
import { faultText } from '../parts/fault.ts';
import { size } from '../parts/format.ts';
import { tell } from '../parts/toast.tsx';
import { useServices } from '../services.ts';
import './export-bundle.css';
import { openTarget } from './save-file.ts';

const parts = ['tags', 'covers', 'fileNames'] as const;

/** Puts songs into a bundle, which is a file to keep or to give away. */
export function ExportBundle({ tracks, onClose }: { tracks?: TrackId[]; onClose: () => void }): JSX.Element {
  const { engine, songCount } = useServices();
  const count = useCell(songCount) ?? 0;
  const [name, setName] = useState(t('bundle.name'));
  const [options, setOptions] = useState<BundleOptions>({ tags: true, covers: true, fileNames: false });
  const [progress, setProgress] = useState<Progress>();
  const [fault, setFault] = useState<string>();

  const save = async (event: Event) => {
    event.preventDefault();
    setFault(undefined);
    try {
      const target = await openTarget(`${name.trim() || t('bundle.name')}.entendu`, 'application/x-entendu');
      if (!target) return;
      setProgress({ done: 0, total: 1 });
      await engine.exportBundle({ ...options, name: name.trim(), tracks }, target.write, setProgress);
      tell({ text: t('bundle.saved', { size: size(await target.close()) }) });
      onClose();
    } catch (error) {
      console.error(error);
      setProgress(undefined);
      setFault(faultText((error as Error).name));
    }
  };

  return (
    <Dialog title={t('bundle.export.title')} onClose={onClose}>
      <form class="export-bundle" onSubmit={save}>
        <p>{tracks ? t('bundle.export.some', { count: tracks.length }) : t('bundle.export.all', { count })}</p>
        <p class="soft">{t('bundle.export.text')}</p>
        <label class="field">
          <span>{t('bundle.export.name')}</span>
          <input value={name} onInput={(event) => setName(event.currentTarget.value)} />
        </label>
        {parts.map((part) => (
          <label key={part} class="check">
            <input
              type="checkbox"
              checked={options[part]}
              onChange={(event) => setOptions({ ...options, [part]: event.currentTarget.checked })}
            />
            {t(`bundle.export.${part}`)}
          </label>
        ))}
        {fault && (
          <p class="status-fault" role="alert">
            {fault}
          </p>
        )}
        {progress && <progress class="progress" max={progress.total} value={progress.done} />}
        <Button kind="main" type="submit" disabled={Boolean(progress)}>
          {t('bundle.export.save')}
        </Button>
      </form>
    </Dialog>
  );
}
