import type { JSX } from 'preact';
import { canShareSound } from '../../audio/tab.ts';
import { t } from '../messages/messages.ts';
import { useCell } from '../parts/cell.ts';
import { Icon, type IconName } from '../parts/icon.tsx';
import { useServices } from '../services.ts';
import './sources.css';

/** Other ways to listen, low on the screen. */
export function Sources(): JSX.Element | null {
  const { session } = useServices();
  const { name } = useCell(session.state);
  const keepsOn = useCell(session.keepsOn);
  if (name === 'listening' || name === 'asking' || name === 'judging') return null;
  return (
    <div class="sources">
      <Way
        icon="swap"
        label={t('listen.keep')}
        act={() => {
          session.keepsOn.set(true);
          void session.start('microphone');
        }}
        isOn={keepsOn}
      />
      {canShareSound() && <Way icon="tab" label={t('listen.from.tab')} act={() => session.start('tab')} />}
    </div>
  );
}

function Way(props: { icon: IconName; label: string; act: () => void; isOn?: boolean }): JSX.Element {
  return (
    <button type="button" class="way" onClick={props.act}>
      <Icon name={props.icon} size={22} />
      <span>{props.label}</span>
    </button>
  );
}
