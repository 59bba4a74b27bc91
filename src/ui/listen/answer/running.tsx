import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../../messages/messages.ts';
import { clock } from '../../parts/localized.ts';
import { Progress } from '../../parts/progress.tsx';
import './running.css';
import { type Found, positionNow } from '../session/listening-state.ts';

/** The position, going on in time with the music. */
export function Running({ found }: { found: Found }): JSX.Element {
  const { track } = found.match;
  const now = () => positionNow(found);
  const [position, setPosition] = useState(now);
  useEffect(() => {
    setPosition(now());
    const timer = setInterval(() => setPosition(now()), 250);
    return () => clearInterval(timer);
  }, [found]);
  return (
    <div class="running number">
      <span>{clock(position)}</span>
      <Progress total={track.seconds} done={position} label={t('found.at', { time: clock(found.positionSeconds) })} />
      <span class="soft">{clock(track.seconds)}</span>
    </div>
  );
}
