import type { JSX } from 'preact';
import { isAdding } from '../library/take-files.ts';
import { type Key, t } from '../messages/messages.ts';
import { Button } from '../parts/button.tsx';
import { useCell } from '../parts/cell.ts';
import { linkTo } from '../route.ts';
import { useServices } from '../services.ts';
import type { SessionState } from './session.ts';
import './status.css';
import { faultText } from '../parts/fault.ts';

/** What is going on, in words, and the ways on from it. Each state is told once to those who listen to the screen. */
export function Status(): JSX.Element {
  const { session } = useServices();
  const state = useCell(session.state);
  return (
    <div class="status" data-name={state.name}>
      <div role="status">
        <Words state={state} />
      </div>
      {state.name === 'none' && (
        <div class="status-ways">
          <Button kind="main" onClick={() => session.start('microphone', { giveUpSeconds: 45 })}>
            {t('listen.none.longer')}
          </Button>
          <Button icon="plus" onClick={() => isAdding.set(true)}>
            {t('listen.empty.add')}
          </Button>
        </div>
      )}
    </div>
  );
}

function Words({ state }: { state: SessionState }): JSX.Element | null {
  switch (state.name) {
    case 'idle':
    case 'found':
    case 'file':
      return null;
    case 'asking':
      return <p>{t(state.source === 'tab' ? 'listen.asking.tab' : 'listen.asking')}</p>;
    case 'judging':
      return <p>{t('listen.judging')}</p>;
    case 'interrupted':
      return <p>{t('listen.paused')}</p>;
    case 'fault':
      return <p class="status-fault">{faultText(state.fault)}</p>;
    case 'none':
      return (
        <>
          <h2>{t('listen.none')}</h2>
          <p class="soft">{t('listen.none.clear')}</p>
          {state.nearest && (
            <p class="soft">
              {t('listen.none.nearest')}{' '}
              <a href={linkTo({ place: 'track', detail: String(state.nearest.track.id) })}>
                {state.nearest.track.title}
              </a>
            </p>
          )}
        </>
      );
    case 'listening':
      return <Listening state={state} />;
  }
}

function Listening({ state }: { state: SessionState & { name: 'listening' } }): JSX.Element {
  const word: Key = state.isSilent ? 'listen.silent' : state.found?.isRunning ? 'listen.followed' : 'listen.listening';
  return <p class={state.isSilent ? 'status-fault' : 'soft'}>{t(word)}</p>;
}
