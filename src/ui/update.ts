/** The service worker: keeps the app at hand offline, and brings a new version in without interrupting. */
import { Workbox } from 'workbox-window';
import { isAtWork } from './listen/session/listening-state.ts';
import { t } from './messages/messages.ts';
import { isTelling, tell } from './parts/toast.tsx';
import { isFinished } from './recording/recordings.ts';
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

/** Not while one listens, learns or is told something else. */
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
