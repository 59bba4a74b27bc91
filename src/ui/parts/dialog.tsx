import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../messages/messages.ts';
import { IconButton } from './button.tsx';
import './dialog.css';

/** A dialog: a sheet from below on phones, a centred card elsewhere. Esc or a click outside closes it. */
export function Dialog(props: { title: string; onClose: () => void; children: ComponentChildren }): JSX.Element {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const opener = document.activeElement;
    const dialog = element.current;
    dialog?.showModal();
    // The area outside the card belongs to the dialog element. For the keyboard, the element handles Esc itself.
    dialog?.addEventListener('click', ({ target }) => target === dialog && dialog.close());
    return () => opener instanceof HTMLElement && opener.focus();
  }, []);
  return (
    <dialog ref={element} class="dialog" aria-label={props.title} onClose={props.onClose}>
      <div class="dialog-body">
        <header class="dialog-head">
          {/* The title takes the focus first, so that screen readers begin there. */}
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
