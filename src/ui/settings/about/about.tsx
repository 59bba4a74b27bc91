import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { version } from '../../../../package.json';
import { t } from '../../messages/messages.ts';
import { Button } from '../../parts/button.tsx';
import { Mark } from '../../parts/icons/icon.tsx';
import { later } from '../../parts/lazy.tsx';

const ChangesDialog = later(() => import('./changes-dialog.tsx').then((part) => part.ChangesDialog));

export function About(): JSX.Element {
  const [isReading, setReading] = useState(false);
  return (
    <div class="setting-text">
      <p class="about-name">
        <Mark size={32} />
        <strong>{t('app.name')}</strong>
        <span class="soft number">{t('settings.about.version', { version })}</span>
      </p>
      <p>
        <Button kind="quiet" onClick={() => setReading(true)}>
          {t('settings.about.changes')}
        </Button>
      </p>
      <p>{t('settings.about.promise')}</p>
      <p class="soft">
        {t('settings.about.licences')}{' '}
        <a href="./licences.txt" target="_blank" rel="noopener">
          {t('settings.about.licences.read')}
        </a>
      </p>
      {isReading && <ChangesDialog onClose={() => setReading(false)} />}
    </div>
  );
}
