import type { JSX } from 'preact';
import { installOffer } from '../install.ts';
import { t } from '../messages/messages.ts';
import { Button } from '../parts/button.tsx';
import { useCell } from '../parts/state/cell.ts';
import { useMedia } from '../parts/state/media.ts';

/** Only on an iPhone or iPad. */
const isApple = () => 'standalone' in navigator;

/** How to keep the app on this device. */
export function InstallGroup(): JSX.Element {
  const offer = useCell(installOffer);
  const isInstalled = useMedia('(display-mode: standalone)');
  if (isInstalled) return <p class="setting-text">{t('install.done')}</p>;
  return (
    <div class="setting-text">
      <p>{t('install.offer')}</p>
      {offer ? (
        <Button onClick={() => void offer.prompt()}>{t('app.install.now')}</Button>
      ) : isApple() ? (
        <ol class="install-steps">
          <li>{t('install.ios.share')}</li>
          <li>{t('install.ios.add')}</li>
          <li>{t('install.ios.open')}</li>
        </ol>
      ) : (
        <p class="soft">{t('install.menu')}</p>
      )}
    </div>
  );
}
