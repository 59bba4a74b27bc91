/** Registers the service worker and offers new versions without interrupting the user. */
import { Workbox } from 'workbox-window';
import { isAtWork } from './listen/session/listening-state.ts';
import { t } from './messages/messages.ts';
import { isTelling, tell } from './parts/notices/toast.tsx';
import { isFinished } from './recording/queue/recordings.ts';
import type { Services } from './services.ts';

export function keepOffline(services: Services): void {
  if (!('serviceWorker' in navigator)) return;
  const worker = new Workbox('./service-worker.js', { scope: './' });
  worker.addEventListener('waiting', () => {
    whenQuiet(services, () =>
      tell({
        text: t('app.update'),
        stays: true,
        action: { label: t('app.update.now'), act: () => takeOver(worker) },
      }),
    );
  });
  void worker.register();
}

function takeOver(worker: Workbox) {
  worker.addEventListener('controlling', () => location.reload());
  worker.messageSkipWaiting();
}

/** Waits while the user is listening or learning, or another message is shown. */
function whenQuiet({ session, imports, recent, recordings }: Services, act: () => void): void {
  const isBusy = () =>
    isTelling() ||
    recent.isOn.value ||
    isAtWork(session.state.value) ||
    !recordings.reports.value.every(isFinished) ||
    imports.state.value.rows.some(({ state }) => state === 'learning' || state === 'waiting');
  if (!isBusy()) {
    act();
    return;
  }
  const timer = setInterval(() => {
    if (isBusy()) return;
    clearInterval(timer);
    act();
  }, 2000);
}
