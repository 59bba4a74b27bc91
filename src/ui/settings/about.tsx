import type { JSX } from 'preact';
import { version } from '../../../package.json';
import { t } from '../messages/messages.ts';
import { Mark } from '../parts/icon.tsx';

export function About(): JSX.Element {
  return (
    <div class="setting-text">
      <p class="about-name">
        <Mark size={32} />
        <strong>{t('app.name')}</strong>
        <span class="soft number">{t('settings.about.version', { version })}</span>
      </p>
      <p>{t('settings.about.promise')}</p>
      <p class="soft">
        {t('settings.about.licences')}{' '}
        <a href="./licences.txt" target="_blank" rel="noopener">
          {t('settings.about.licences.read')}
        </a>
      </p>
    </div>
  );
}
