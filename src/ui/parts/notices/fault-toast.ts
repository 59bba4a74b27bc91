import { faultText } from './fault-text.ts';
import { tell } from './toast.tsx';

/** Shows an error that nothing else on the screen would show. Cancellation is not an error. */
export function showFault(error: unknown): void {
  const { name = '' } = (error ?? {}) as Partial<Error>;
  if (name === 'AbortError') return;
  console.error(error);
  tell({ text: faultText(name), isFault: true });
}

/** Shows errors that were not caught anywhere. */
export function followRejections(): void {
  addEventListener('unhandledrejection', ({ reason }) => showFault(reason));
  addEventListener('error', ({ error }) => {
    if (error) showFault(error); // without an error it is a message of the browser itself, for example about layout
  });
}
