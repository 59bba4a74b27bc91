import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Catalogue } from '../../engine/api.ts';
import { t } from '../messages/messages.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { showFault } from '../parts/notices/fault-toast.ts';
import { tell } from '../parts/notices/toast.tsx';
import { useServices } from '../services.ts';
import { nameOf } from './updates.ts';

/** Asks before a catalogue and its songs are removed. */
export function LeaveDialog({ catalogue, onClose }: { catalogue: Catalogue; onClose: () => void }): JSX.Element {
  const { engine } = useServices();
  const [isBusy, setBusy] = useState(false);
  const name = nameOf(catalogue);
  const leave = async () => {
    setBusy(true);
    try {
      await engine.catalogues.unsubscribe(catalogue.number);
      tell({ text: t('catalogue.left', { name }) });
      onClose();
    } catch (error) {
      showFault(error);
      setBusy(false);
    }
  };
  return (
    <Dialog title={t('catalogue.leave')} onClose={onClose}>
      <p>{t('catalogue.leave.sure', { name })}</p>
      <div class="dialog-actions">
        <Button onClick={onClose}>{t('do.cancel')}</Button>
        <Button kind="danger" disabled={isBusy} onClick={leave}>
          {t('catalogue.leave')}
        </Button>
      </div>
    </Dialog>
  );
}
