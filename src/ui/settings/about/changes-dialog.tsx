import type { JSX } from 'preact';
import changelog from '../../../../CHANGELOG.md?raw';
import { t } from '../../messages/messages.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { changesIn } from './changelog.ts';

/** What has changed, in English, as it was when the app was built. */
export function ChangesDialog({ onClose }: { onClose: () => void }): JSX.Element {
  return (
    <Dialog title={t('settings.about.changes')} onClose={onClose}>
      <div lang="en" dir="ltr">
        {changesIn(changelog).map(({ version, groups }) => (
          <section key={version}>
            <h3>{version}</h3>
            {groups.map(({ title, changes }) => (
              <section key={title}>
                {title && <h4>{title}</h4>}
                <ul class="changes">
                  {changes.map((change) => (
                    <li key={change}>{change}</li>
                  ))}
                </ul>
              </section>
            ))}
          </section>
        ))}
      </div>
    </Dialog>
  );
}
