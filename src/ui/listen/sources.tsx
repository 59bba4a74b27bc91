import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { canShareSound } from '../../audio/capture/tab.ts';
import { t } from '../messages/messages.ts';
import { Icon, type IconName } from '../parts/icons/icon.tsx';
import { useCell } from '../parts/state/cell.ts';
import { useServices } from '../services.ts';
import { isAtWork } from './session/listening-state.ts';
import './sources.css';

/** Other ways to listen, low on the screen. */
export function Sources(): JSX.Element {
  const { session, recent, recordings } = useServices();
  const isBusy = useCell(session.state, isAtWork);
  const isKeeping = useCell(recent.isOn);
  const file = useRef<HTMLInputElement>(null);
  const take = ({ currentTarget: input }: { currentTarget: HTMLInputElement }) => {
    recordings.hear([...(input.files ?? [])].map((file) => ({ file })));
    input.value = ''; // the same file may be chosen again
  };
  // While listening they are hidden but keep their space, so that nothing above them moves.
  return (
    <div class="sources" data-away={isBusy} inert={isBusy}>
      {isKeeping && <Way icon="recent" label={t('listen.from.recent')} act={recent.judge} isMain />}
      <Way icon="keep" label={t('listen.keep')} act={() => session.keepOn()} />
      <Way icon="file" label={t('listen.from.file')} act={() => file.current?.click()} />
      {canShareSound() && <Way icon="tab" label={t('listen.from.tab')} act={() => session.start('tab')} />}
      <input ref={file} type="file" multiple hidden accept="audio/*,video/*,.opus,.flac,.mkv" onChange={take} />
    </div>
  );
}

function Way(props: { icon: IconName; label: string; act: () => void; isMain?: boolean }): JSX.Element {
  return (
    <button type="button" class="way" data-main={props.isMain} onClick={props.act}>
      <Icon name={props.icon} size={22} />
      <span>{props.label}</span>
    </button>
  );
}
