import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { t } from '../../messages/messages.ts';
import { Button, IconButton } from '../button.tsx';
import { type Cell, cell, useCell } from '../state/cell.ts';
import './toast.css';

export interface Toast {
  text: string;
  action?: { label: string; act: () => void };
  isFault?: boolean;
  /** Stays until the user closes it. */
  stays?: boolean;
}

const toast: Cell<Toast | undefined> = cell<Toast | undefined>(undefined);

/** A fault that only its action mends, such as a library that has to be opened again. */
const needsAction = ({ isFault, stays, action }: Toast): boolean => Boolean(isFault && stays && action);

/** Shows a message at the bottom of the screen, replacing an earlier one; but what needs an action stays until it is closed. */
export function tell(next: Toast): void {
  if (toast.value && needsAction(toast.value) && !needsAction(next)) return;
  toast.set(next);
}

/** Closes a message, if it is still shown. */
export const takeBack = (said: Toast): void => {
  if (toast.value === said) toast.set(undefined);
};

export const isTelling = (): boolean => toast.value !== undefined;

const LASTS_MS = 8000;

export function Toasts(): JSX.Element {
  const now = useCell(toast);
  useEffect(() => {
    if (!now || now.stays) return;
    const timer = setTimeout(() => toast.set(undefined), LASTS_MS);
    return () => clearTimeout(timer);
  }, [now]);
  return (
    <div class="toasts" role="status">
      {now && (
        <div class="toast" data-fault={now.isFault}>
          <p>{now.text}</p>
          {now.action && (
            <Button
              kind="quiet"
              onClick={() => {
                toast.set(undefined);
                now.action?.act();
              }}
            >
              {now.action.label}
            </Button>
          )}
          <IconButton icon="close" label={t('do.close')} onClick={() => toast.set(undefined)} />
        </div>
      )}
    </div>
  );
}
