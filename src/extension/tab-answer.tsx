import type { JSX } from 'preact';
import { confidenceWord } from '../ui/listen/answer/answer-words.ts';
import { t } from '../ui/messages/messages.ts';
import { clock, percent } from '../ui/parts/localized.ts';
import { faultText } from '../ui/parts/notices/fault-text.ts';
import type { TabState } from './tab-messages.ts';

/** What is known of the music of a tab. The region stays, so that screen readers announce what changes in it. */
export function TabAnswer({ state }: { state: TabState }): JSX.Element {
  return (
    <div class="tab-answer" role="status" data-state={state.is}>
      {state.is === 'found' ? <Found {...state} /> : <Sentences state={state} />}
    </div>
  );
}

function Found({ title, artist, positionSeconds, confidence }: Extract<TabState, { is: 'found' }>): JSX.Element {
  return (
    <>
      <h2>{title}</h2>
      {artist && <p>{artist}</p>}
      <p class="soft number">
        {t('found.at', { time: clock(positionSeconds) })}, {confidenceWord(confidence)} ({percent(confidence, 1)})
      </p>
    </>
  );
}

function Sentences({ state }: { state: Exclude<TabState, { is: 'found' }> }): JSX.Element {
  const [first, next] = sentences(state);
  return (
    <>
      <p>{first}</p>
      {next && <p class="soft">{next}</p>}
    </>
  );
}

function sentences(state: Exclude<TabState, { is: 'found' }>): [first: string, next?: string] {
  switch (state.is) {
    case 'idle':
      return [t('extension.hint')];
    case 'listening':
      return [t('listen.listening')];
    case 'silent':
      return [t('extension.silent')];
    case 'none':
      return [t('listen.none'), t('listen.none.unclear')];
    case 'empty':
      return [t('listen.empty.title'), t('listen.empty.text')];
    case 'refused':
      return [t('extension.refused')];
    case 'taken':
      return [t('extension.taken')];
    case 'gone':
      return [t('extension.gone')];
    case 'failed':
      return [faultText(state.fault)];
  }
}
