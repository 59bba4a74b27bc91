import type { JSX } from 'preact';
import { t } from '../messages/messages.ts';

/** What the keyboard does. */
export function KeysList(): JSX.Element {
  const keys: [string[], string][] = [
    [[t('settings.keys.space')], t('settings.keys.listen')],
    [[t('settings.keys.escape')], t('settings.keys.cancel')],
    [['/'], t('settings.keys.search')],
    [['1', '2', '3', '4', '5'], t('settings.keys.places')],
    [['↑', '↓'], t('settings.keys.move')],
    [['Ctrl', 'A'], t('settings.keys.all')],
    [['Enter'], t('settings.keys.open')],
    [['Delete'], t('settings.keys.delete')],
    [['?'], t('settings.keys.help')],
  ];
  return (
    <dl class="settings-keys">
      {keys.map(([caps, does]) => (
        <div key={does} class="setting">
          <dt>{does}</dt>
          <dd>
            {caps.map((cap) => (
              <kbd key={cap}>{cap}</kbd>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}
