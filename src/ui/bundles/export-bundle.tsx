import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { BundleOptions, Progress as Done } from '../../engine/api.ts';
import type { TrackId } from '../../types.ts';
import { t } from '../messages/messages.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Check } from '../parts/fields/check.tsx';
import { useCell } from '../parts/state/cell.ts';
import '../parts/fields/form.css';
import { size } from '../parts/localized.ts';
import { faultText } from '../parts/notices/fault-text.ts';
import { tell } from '../parts/notices/toast.tsx';
import { Progress } from '../parts/progress.tsx';
import { useServices } from '../services.ts';
import { canShare, dated, download, openTarget, share } from './save-file.ts';

const parts = ['tags', 'covers', 'fileNames', 'lyrics'] as const;

/** Exports songs to a bundle, a file to keep or share. */
export function ExportBundle({ tracks, onClose }: { tracks?: TrackId[]; onClose: () => void }): JSX.Element {
  const { engine, songCount } = useServices();
  const count = useCell(songCount) ?? 0;
  const [name, setName] = useState(t('bundle.name'));
  const [options, setOptions] = useState<BundleOptions>({ tags: true, covers: true, fileNames: false });
  const [progress, setProgress] = useState<Done>();
  const [ready, setReady] = useState<File>();
  const [fault, setFault] = useState<string>();
  const closed = useRef(new AbortController());
  useEffect(() => () => closed.current.abort(), []);

  const end = (bytes: number) => {
    tell({ text: t('bundle.saved', { size: size(bytes) }) });
    onClose();
  };
  const keep = (file: File) => {
    download(file.name, file);
    end(file.size);
  };

  const save = async (event: Event) => {
    event.preventDefault();
    setFault(undefined);
    const typed = name.trim();
    const fileName = typed && typed !== t('bundle.name') ? `${typed}.entendu` : dated(t('bundle.name'), 'entendu');
    const target = await openTarget(fileName, 'application/x-entendu');
    if (!target) return;
    const write = (bytes: Uint8Array) => {
      closed.current.signal.throwIfAborted();
      return target.write(bytes);
    };
    try {
      setProgress({ done: 0, total: 1 });
      await engine.exportBundle({ ...options, name: name.trim(), tracks }, write, setProgress);
      const { bytes, file } = await target.close();
      if (!file) end(bytes);
      else if (canShare(file)) setReady(file);
      else keep(file);
    } catch (error) {
      await target.abort();
      if (closed.current.signal.aborted) return;
      console.error(error);
      setProgress(undefined);
      setFault(faultText((error as Error).name));
    }
  };

  if (ready) return <Ready file={ready} onKeep={() => keep(ready)} onClose={onClose} />;
  return (
    <Dialog title={t('bundle.export.title')} onClose={onClose}>
      <form class="form" onSubmit={save}>
        <p>{tracks ? t('bundle.export.some', { count: tracks.length }) : t('bundle.export.all', { count })}</p>
        <p class="soft">{t('bundle.export.text')}</p>
        <label class="field">
          <span>{t('bundle.export.name')}</span>
          <input value={name} onInput={(event) => setName(event.currentTarget.value)} />
        </label>
        <div class="form-checks">
          {parts.map((part) => (
            <label key={part}>
              <Check isOn={options[part]} onChange={() => setOptions({ ...options, [part]: !options[part] })} />
              {t(`bundle.export.${part}`)}
            </label>
          ))}
        </div>
        {fault && (
          <p class="fault" role="alert">
            {fault}
          </p>
        )}
        {progress && <Progress {...progress} />}
        <Button kind="main" type="submit" disabled={Boolean(progress)}>
          {t('bundle.export.save')}
        </Button>
      </form>
    </Dialog>
  );
}

/** A finished bundle. Another tap is needed, because browsers open the share sheet only in response to one. */
function Ready({ file, onKeep, onClose }: { file: File; onKeep: () => void; onClose: () => void }): JSX.Element {
  const [fault, setFault] = useState<string>();
  const give = async () => {
    try {
      if (await share(file)) onClose();
    } catch (error) {
      console.error(error);
      setFault(t('bundle.share.refused'));
    }
  };
  return (
    <Dialog title={t('bundle.export.title')} onClose={onClose}>
      <p>{t('bundle.ready', { name: file.name, size: size(file.size) })}</p>
      {fault && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
      <div class="dialog-actions">
        <Button kind="main" onClick={give}>
          {t('bundle.share')}
        </Button>
        <Button onClick={onKeep}>{t('bundle.export.save')}</Button>
      </div>
    </Dialog>
  );
}
