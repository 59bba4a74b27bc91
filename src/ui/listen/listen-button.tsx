import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../messages/messages.ts';
import { Mark } from '../parts/icons/icon.tsx';
import { clock } from '../parts/localized.ts';
import { useCell } from '../parts/state/cell.ts';
import { useServices } from '../services.ts';
import './listen-button.css';

/** Ticks of the dial: four for each second until listening gives up. */
const TICKS = 60;
const TICK = '0.28 0.72 ';
/** Levels a second. The style glides from one to the next, which costs the page's thread nothing. */
const UPDATES = 15;

/** The Listen button. Its ring follows the level of the sound; its dial shows how long it has listened. */
export function ListenButton(): JSX.Element {
  const { session } = useServices();
  const state = useCell(session.state);
  const ring = useRef<HTMLSpanElement>(null);
  const isOn = state.name === 'listening' || state.name === 'asking' || state.name === 'judging';

  useEffect(() => {
    if (state.name !== 'listening') return;
    let shown = 0;
    const timer = setInterval(() => {
      // From a quiet room (-60 dB) to loud music (-10 dB); quick to rise, slow to fall.
      const level = Math.min(1, Math.max(0, (session.levelDb() + 60) / 50));
      shown = Math.max(level, shown - 1.2 / UPDATES);
      ring.current?.style.setProperty('--level', shown.toFixed(3));
    }, 1000 / UPDATES);
    return () => clearInterval(timer);
  }, [state.name]);

  const ticks = state.name === 'listening' ? Math.floor(state.seconds * 4) % (TICKS + 1) : 0;
  return (
    <button
      type="button"
      class="listen-button"
      data-on={isOn}
      onClick={() => (isOn ? session.stop() : session.start('microphone'))}
    >
      <svg class="listen-dial" viewBox="0 0 200 200" aria-hidden="true">
        <circle cx="100" cy="100" r="96" pathLength={TICKS} stroke-dasharray={TICK.trim()} />
        <circle
          class="listen-heard"
          cx="100"
          cy="100"
          r="96"
          pathLength={TICKS}
          stroke-dasharray={`${TICK.repeat(ticks)}0 ${TICKS}`}
        />
      </svg>
      <span class="listen-ring" ref={ring} />
      {state.name === 'listening' ? (
        <>
          <span class="listen-seconds number" data-long={state.seconds >= 3600} aria-hidden="true">
            {clock(state.seconds)}
          </span>
          <span class="listen-word">{t('listen.stop')}</span>
        </>
      ) : (
        <>
          <Mark size={72} />
          <span class="listen-word">{isOn ? t('listen.stop') : t('listen.start')}</span>
        </>
      )}
    </button>
  );
}
