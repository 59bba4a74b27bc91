import type { ComponentChildren, JSX } from 'preact';
import { CataloguesGroup } from '../catalogues/catalogues-group.tsx';
import { type Language, languages, t } from '../messages/messages.ts';
import { useCell } from '../parts/cell.ts';
import { linkTo } from '../route.ts';
import { useServices } from '../services.ts';
import { About } from './about.tsx';
import { BackupGroup } from './backup/backup-group.tsx';
import { Choice, Toggle } from './choice.tsx';
import { InstallGroup } from './install-group.tsx';
import { KeysList } from './keys-list.tsx';
import { MicrophoneChoice } from './microphone-choice.tsx';
import type { Settings } from './settings.ts';
import './settings-page.css';
import { Storage } from './storage.tsx';
import { WatchGroup } from './watch-group.tsx';

export function SettingsPage(): JSX.Element {
  const { settings, recent } = useServices();
  const isKeeping = useCell(recent.isOn);
  const now = useCell(settings);
  const set = (changes: Partial<Settings>) => settings.set({ ...now, ...changes });

  return (
    <section class="settings" aria-label={t('place.settings')}>
      <h1>{t('place.settings')}</h1>
      <Group title={t('settings.listening')}>
        <MicrophoneChoice />
        <Choice
          label={t('settings.answers')}
          value={now.answers}
          options={{
            certain: t('settings.answers.certain'),
            balanced: t('settings.answers.balanced'),
            guess: t('settings.answers.guess'),
          }}
          onChange={(answers) => set({ answers })}
        />
        <Toggle label={t('listen.recent.on')} hint={t('listen.recent.hint')} isOn={isKeeping} onChange={recent.turn} />
        <Toggle
          label={t('settings.logNone')}
          isOn={now.keepsUnknown}
          onChange={(keepsUnknown) => set({ keepsUnknown })}
        />
      </Group>
      <Group title={t('watch.title')}>
        <WatchGroup />
      </Group>
      <Group title={t('settings.learning')}>
        <Choice
          label={t('settings.limit')}
          value={String(now.limitMinutes)}
          options={Object.fromEntries(
            [0, 1, 2, 5, 10].map((count) => [
              count,
              count ? t('settings.limit.minutes', { count }) : t('settings.limit.whole'),
            ]),
          )}
          onChange={(minutes) => set({ limitMinutes: Number(minutes) })}
        />
      </Group>
      <Group title={t('settings.look')}>
        <Choice
          label={t('settings.look')}
          value={now.look}
          options={{
            auto: t('settings.look.auto'),
            dark: t('settings.look.dark'),
            light: t('settings.look.light'),
          }}
          onChange={(look) => set({ look })}
        />
        <Choice
          label={t('settings.language')}
          value={now.language}
          options={{ auto: t('settings.language.auto'), ...namesOfLanguages() }}
          onChange={(language) => set({ language })}
        />
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

/** Each by its own name. */
const namesOfLanguages = () => Object.fromEntries(languages.map((code) => [code, nameOf(code)]));

function nameOf(code: Language): string {
  const [first = '', ...rest] = new Intl.DisplayNames(code, { type: 'language' }).of(code) ?? code;
  return first.toLocaleUpperCase(code) + rest.join('');
}
