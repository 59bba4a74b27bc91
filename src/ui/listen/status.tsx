import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { type Key, t, wholeTable } from '../messages/messages.ts';
import { faultText } from '../parts/notices/fault-text.ts';
import { useCell } from '../parts/state/cell.ts';
import { useServices } from '../services.ts';
import type { SessionState } from './session/listening-state.ts';
import './status.css';

/** The state in words. Screen readers announce each state once. */
export function Status(): JSX.Element {
  const { session } = useServices();
  const state = useCell(session.state);
  // The words for faults come with the whole table, which is there long before most people press the button.
  const [, redraw] = useState(false);
  useEffect(() => {
    if (state.name === 'fault') void wholeTable().then(() => redraw(true));
  }, [state.name]);
  const text = words(state);
  return (
    <p class="status" role="status" data-fault={state.name === 'fault'}>
      {text}
    </p>
  );
}

function words(state: SessionState): string {
  switch (state.name) {
    case 'asking':
      return t(state.source === 'tab' ? 'listen.asking.tab' : 'listen.asking');
    case 'judging':
      return t('listen.judging');
    case 'interrupted':
      return t('listen.paused');
    case 'fault':
      return faultText(state.fault);
    case 'listening': {
      const key: Key = state.found?.isRunning ? 'listen.followed' : 'listen.listening';
      if (!state.isSilent) return t(key);
      return t(state.source === 'tab' ? 'listen.silent.tab' : 'listen.silent');
    }
    default:
      return '';
  }
}
