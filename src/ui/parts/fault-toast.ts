import { faultText } from './fault-text.ts';
import { tell } from './toast.tsx';

/** Says what went wrong where nothing else on the screen would. Stopping is no fault. */
export function showFault(error: unknown): void {
  const { name = '' } = (error ?? {}) as Partial<Error>;
  if (name === 'AbortError') return;
  console.error(error);
  tell({ text: faultText(name), isFault: true });
}

/** The place of last resort for what nobody caught: it is told, not lost. */
export function followRejections(): void {
  addEventListener('unhandledrejection', ({ reason }) => showFault(reason));
  addEventListener('error', ({ error }) => {
    if (error) showFault(error); // without one it is the browser's own note, about layout for instance
  });
}
