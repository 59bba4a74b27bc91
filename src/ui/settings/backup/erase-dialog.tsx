import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../../messages/messages.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { faultText } from '../../parts/notices/fault-text.ts';
import { useServices } from '../../services.ts';
import { eraseEverything } from './erase.ts';

/** Asks twice, because erasing cannot be undone. */
export function EraseDialog({ onBackup, onClose }: { onBackup: () => void; onClose: () => void }): JSX.Element {
  const { engine } = useServices();
  const [isSure, setSure] = useState(false);
  const [fault, setFault] = useState<string>();
  const erase = () =>
    eraseEverything(engine).then(
      () => location.replace('./'),
      (error) => {
        console.error(error);
        setFault(faultText(error.name));
      },
    );
  return (
    <Dialog title={t('backup.erase')} onClose={onClose}>
      <p>{t(isSure ? 'backup.erase.sure' : 'backup.erase.text')}</p>
      {fault && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
      <div class="dialog-actions">
        {isSure ? (
          <Button onClick={onClose}>{t('do.cancel')}</Button>
        ) : (
          <Button icon="bundle" onClick={onBackup}>
            {t('settings.storage.backup')}
          </Button>
        )}
        <Button kind="danger" onClick={isSure ? erase : () => setSure(true)}>
          {t(isSure ? 'backup.erase.yes' : 'backup.erase.next')}
        </Button>
      </div>
    </Dialog>
  );
}
