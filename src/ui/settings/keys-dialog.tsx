import type { JSX } from 'preact';
import { t } from '../messages/messages.ts';
import { Dialog } from '../parts/dialog.tsx';
import { KeysList } from './keys-list.tsx';
import './settings-page.css';

/** The help that "?" opens on every screen. */
export function KeysDialog({ onClose }: { onClose: () => void }): JSX.Element {
  return (
    <Dialog title={t('settings.keys')} onClose={onClose}>
      <KeysList />
    </Dialog>
  );
}
