import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../messages/messages.ts';
import { IconButton } from './button.tsx';
import './dialog.css';

/** A sheet from below on a phone, a card in the middle elsewhere. Esc and a tap beside it close it. */
export function Dialog(props: { title: string; onClose: () => void; children: ComponentChildren }): JSX.Element {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const opener = document.activeElement;
    const dialog = element.current;
    dialog?.showModal();
    // What lies beside the card is the dialog itself. The keyboard's way is Esc, which a dialog brings along.
    dialog?.addEventListener('click', ({ target }) => target === dialog && dialog.close());
    return () => opener instanceof HTMLElement && opener.focus();
  }, []);
  return (
    <dialog ref={element} class="dialog" aria-label={props.title} onClose={props.onClose}>
      <div class="dialog-body">
        <header class="dialog-head">
          {/* The title takes the focus first, so that what opens is told from its beginning. */}
          <h2 tabIndex={-1} autofocus>
            {props.title}
          </h2>
          <IconButton icon="close" label={t('do.close')} onClick={() => element.current?.close()} />
        </header>
        {props.children}
      </div>
    </dialog>
  );
}
