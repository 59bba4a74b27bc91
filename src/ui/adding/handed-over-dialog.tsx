import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { isSound } from '../../learn/sound-names.ts';
import { t } from '../messages/messages.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { size } from '../parts/localized.ts';
import { faultText } from '../parts/notices/fault-text.ts';
import { useServices } from '../services.ts';
import type { HandedOver } from './handed-over.ts';
import { handedOver } from './handed-over.ts';
import { keepFiles, takeFiles } from './take-files.ts';

const SHOWN = 6;

/** Asks what to do with files from another app before anything is learnt. */
export function HandedOverDialog({ offer }: { offer: HandedOver }): JSX.Element {
  const { imports, recordings } = useServices();
  const [fault, setFault] = useState<string>();
  const { files, isOnlyCopy, letGo } = offer;
  const bytes = files.reduce((sum, file) => sum + file.size, 0);

  const close = () => {
    handedOver.set(undefined);
    letGo().catch(console.error); // files that remain are asked about again
  };
  const take = async () => {
    try {
      if (isOnlyCopy) await keepFiles(files, imports);
      else takeFiles(files, imports);
      close();
    } catch (error) {
      setFault(faultText((error as Error).name));
    }
  };

  const hear = () => {
    recordings.hear(files.map((file) => ({ file })));
    close();
  };

  return (
    <Dialog title={t('handed.title', { count: files.length })} onClose={close}>
      <p>{t('handed.from', { size: size(bytes) })}</p>
      <ul>
        {files.slice(0, SHOWN).map(({ name }) => (
          <li key={name}>
            <bdi>{name}</bdi>
          </li>
        ))}
        {files.length > SHOWN && <li class="soft">{t('handed.more', { count: files.length - SHOWN })}</li>}
      </ul>
      {fault && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
      <div class="dialog-actions">
        <Button onClick={close}>{t('handed.decline')}</Button>
        {files.every(isSound) && <Button onClick={hear}>{t('handed.hear')}</Button>}
        <Button kind="main" onClick={take}>
          {t('handed.take')}
        </Button>
      </div>
    </Dialog>
  );
}
