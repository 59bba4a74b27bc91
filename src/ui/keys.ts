/** Keyboard shortcuts of all screens. They are ignored if the focused element uses the key itself. */
import { closeAnswer } from './listen/session/answer-route.ts';
import { isAnswer } from './listen/session/listening-state.ts';
import { cell } from './parts/state/cell.ts';
import { go, places, route } from './route.ts';
import type { Services } from './services.ts';

/** The help about keys is shown: see `settings/keys-dialog.tsx`. */
export const isHelping = cell(false);

const takesText = (element: EventTarget | null) =>
  element instanceof HTMLElement && element.matches('input, textarea, select, [contenteditable]');
const takesSpace = (element: EventTarget | null) =>
  element instanceof HTMLElement && element.matches('button, a, summary, [role="option"]');

export function followKeys({ session }: Services): void {
  const press = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector('dialog[open]') || takesText(event.target)) return;
    if (event.key === ' ' && !takesSpace(event.target)) {
      event.preventDefault();
      go({ place: 'listen' });
      const isOn = ['asking', 'listening', 'judging'].includes(session.state.value.name);
      void (isOn ? session.stop() : session.start('microphone'));
    } else if (event.key === 'Escape' && route.value.place === 'listen') {
      if (isAnswer(session.state.value)) closeAnswer(session);
      else session.cancel();
    } else if (event.key === '/') {
      event.preventDefault();
      go({ place: 'library', detail: 'search' });
    } else if (event.key === '?') isHelping.set(true);
    else if (places[Number(event.key) - 1]) go({ place: places[Number(event.key) - 1] });
  };
  addEventListener('keydown', press);
}
