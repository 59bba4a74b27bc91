import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { BundlePreview, Progress as Done } from '../../engine/api.ts';
import { t } from '../messages/messages.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { date, duration, size } from '../parts/localized.ts';
import { faultText } from '../parts/notices/fault-text.ts';
import { tell } from '../parts/notices/toast.tsx';
import { Progress } from '../parts/progress.tsx';
import { useServices } from '../services.ts';
import './open-bundle.css';

/** How many titles a preview lists. */
const SHOWN = 5;

/** Previews a bundle; the user can then add its songs, or replace the library by them. */
export function OpenBundle({ bundle, onClose }: { bundle: Blob; onClose: () => void }): JSX.Element {
  const { engine } = useServices();
  const [preview, setPreview] = useState<BundlePreview>();
  const [fault, setFault] = useState<string>();
  const [progress, setProgress] = useState<Done>();
  const [isSure, setSure] = useState(false);
  const abort = useRef(new AbortController());

  useEffect(() => {
    engine.previewBundle(bundle).then(setPreview, (error) => setFault(faultText(error.name)));
    return () => abort.current.abort();
  }, [bundle]);

  const take = async (mode: 'merge' | 'replace') => {
    setProgress({ done: 0, total: preview?.trackCount ?? 1 });
    try {
      const { added } = await engine.importBundle(bundle, mode, setProgress, abort.current.signal);
      tell({ text: t('bundle.opened', { count: added }) });
      onClose();
    } catch (error) {
      setProgress(undefined);
      if ((error as Error).name !== 'AbortError') setFault(faultText((error as Error).name));
    }
  };

  return (
    <Dialog title={preview?.name || t('bundle.open.title')} onClose={onClose}>
      {fault && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
      {preview && <Inside preview={preview} />}
      {progress && <Progress {...progress} />}
      {preview && !fault && !progress && (
        <div class="dialog-actions">
          {isSure ? (
            <>
              <p class="bundle-sure">{t('bundle.open.replace.sure')}</p>
              <Button onClick={() => setSure(false)}>{t('do.cancel')}</Button>
              <Button kind="danger" onClick={() => take('replace')}>
                {t('bundle.open.replace.yes')}
              </Button>
            </>
          ) : (
            <>
              {preview.newCount > 0 && (
                <Button kind="main" onClick={() => take('merge')}>
                  {t('bundle.open.merge')}
                </Button>
              )}
              <Button kind="quiet" onClick={() => setSure(true)}>
                {t('bundle.open.replace')}
              </Button>
            </>
          )}
        </div>
      )}
    </Dialog>
  );
}

function Inside({ preview }: { preview: BundlePreview }): JSX.Element {
  const { trackCount, seconds, bytes, made, newCount, knownCount, titles } = preview;
  return (
    <div class="bundle-inside">
      <p class="number">{t('bundle.open.inside', { count: trackCount, time: duration(seconds), size: size(bytes) })}</p>
      <p class="soft">{t('bundle.open.made', { date: date(made) })}</p>
      <ul class="bundle-titles">
        {titles.slice(0, SHOWN).map((title) => (
          <li key={title} dir="auto">
            {title}
          </li>
        ))}
        {trackCount > SHOWN && <li class="soft">{t('bundle.open.more', { count: trackCount - SHOWN })}</li>}
      </ul>
      {newCount === 0 ? (
        <p>{t('bundle.open.none')}</p>
      ) : (
        <p>
          {t('bundle.open.new', { count: newCount })}
          {knownCount > 0 && <span class="soft">, {t('bundle.open.known', { count: knownCount })}</span>}
        </p>
      )}
    </div>
  );
}
