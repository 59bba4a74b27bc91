import type { JSX } from 'preact';
import { t } from '../messages/messages.ts';
import { IconButton } from '../parts/button.tsx';
import { LevelMeter } from '../parts/sound/level-meter.tsx';
import { useCell } from '../parts/state/cell.ts';
import { linkTo } from '../route.ts';
import { useServices } from '../services.ts';
import './microphone-bar.css';
import { isAtWork, type SessionState } from './session/listening-state.ts';

/** On every screen while the microphone is open: how loud it is, what plays, and Stop. */
export function MicrophoneBar(): JSX.Element {
  const { session, recent } = useServices();
  const state = useCell(session.state);
  const isListening = isAtWork(state);
  const stop = () => {
    if (isListening) session.cancel();
    else void recent.turn(false);
  };
  return (
    <section class="microphone-bar" aria-label={t('hearing.label')}>
      <span class="microphone-level">
        <LevelMeter levelDb={isListening ? session.levelDb : recent.levelDb} />
      </span>
      <a href={linkTo({ place: 'listen' })} class="microphone-words" dir="auto">
        {isListening ? words(state) : t('hearing.recent')}
      </a>
      <IconButton icon="stop" label={t('hearing.stop')} onClick={stop} />
    </section>
  );
}

function words(state: SessionState): string {
  const found = state.name === 'listening' && state.found?.isRunning ? state.found : undefined;
  if (found) return [found.match.track.title, found.match.track.artist].filter(Boolean).join(' – ');
  if (state.name === 'interrupted') return t('listen.paused');
  return t(state.name === 'judging' ? 'listen.judging' : 'listen.listening');
}
