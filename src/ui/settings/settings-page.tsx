import type { ComponentChildren, JSX } from 'preact';
import { CataloguesGroup } from '../catalogues/catalogues-group.tsx';
import { t } from '../messages/messages.ts';
import { linkTo } from '../route.ts';
import { About } from './about/about.tsx';
import { BackupGroup } from './backup/backup-group.tsx';
import { InstallGroup } from './install-group.tsx';
import { KeysList } from './keys-list.tsx';
import { LearningSettings } from './learning-settings.tsx';
import { ListeningSettings } from './listening-settings.tsx';
import { LookSettings } from './look-settings.tsx';
import './settings-page.css';
import { Storage } from './storage.tsx';
import { WatchGroup } from './watch-group.tsx';

export function SettingsPage(): JSX.Element {
  return (
    <section class="settings" aria-label={t('place.settings')}>
      <h1>{t('place.settings')}</h1>
      <Group title={t('settings.listening')}>
        <ListeningSettings />
      </Group>
      <Group title={t('watch.title')}>
        <WatchGroup />
      </Group>
      <Group title={t('settings.learning')}>
        <LearningSettings />
      </Group>
      <Group title={t('settings.look')}>
        <LookSettings />
      </Group>
      <Group title={t('settings.storage')}>
        <Storage />
      </Group>
      <Group title={t('catalogue.title')}>
        <CataloguesGroup />
      </Group>
      <Group title={t('backup.title')}>
        <BackupGroup />
      </Group>
      <Group title={t('install.title')}>
        <InstallGroup />
      </Group>
      <Group title={t('lab.title')}>
        <div class="setting-text">
          <p>{t('lab.text')}</p>
          <a href={linkTo({ place: 'lab' })}>{t('lab.title')}</a>
        </div>
      </Group>
      <Group title={t('settings.keys')}>
        <KeysList />
      </Group>
      <Group title={t('settings.about')}>
        <About />
      </Group>
    </section>
  );
}

function Group({ title, children }: { title: string; children: ComponentChildren }): JSX.Element {
  return (
    <section>
      <h2 class="group">{title}</h2>
      <div class="settings-body">{children}</div>
    </section>
  );
}
