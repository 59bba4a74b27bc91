import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import './level-meter.css';

/** Updates a second: quick enough to be seen to follow the sound, slow enough to cost nothing. */
const UPDATES = 15;

/** The current level. Only visual: the text beside it says what it means. */
export function LevelMeter({ levelDb }: { levelDb: () => number }): JSX.Element {
  const bar = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const timer = setInterval(() => {
      // From silence (-90 dB) to loud music (-10 dB).
      const level = Math.min(1, Math.max(0, (levelDb() + 90) / 80));
      bar.current?.style.setProperty('--level', level.toFixed(3));
    }, 1000 / UPDATES);
    return () => clearInterval(timer);
  }, [levelDb]);
  return <span class="level-meter" ref={bar} aria-hidden="true" />;
}
