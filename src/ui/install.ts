/** Offers once to install the app, after the second answer. */
import { t } from './messages/messages.ts';
import { tell } from './parts/notices/toast.tsx';
import { cell } from './parts/state/cell.ts';
import { keep, localStore, readKept } from './parts/state/kept.ts';
import type { Services } from './services.ts';

// Not yet in TypeScript's library.
interface InstallEvent extends Event {
  prompt(): Promise<void>;
}

/** What the browser offers to install the app with, once it does. */
export const installOffer = cell<InstallEvent | undefined>(undefined);

const ASKED = 'install-offered';
const ANSWERS = 2;

export function offerInstall({ session }: Services): void {
  let answers = 0;
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    installOffer.set(event as InstallEvent);
  });
  session.onAnswer(({ found }) => {
    if (found) answers += 1;
    const offer = installOffer.value;
    if (!offer || answers < ANSWERS || session.keepsOn.value || readKept(localStore, ASKED)) return;
    keep(localStore, ASKED, true);
    const { prompt } = offer;
    tell({
      text: t('app.install'),
      stays: true,
      action: { label: t('app.install.now'), act: () => prompt.call(offer) },
    });
  });
}
