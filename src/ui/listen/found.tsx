import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../messages/messages.ts';
import { Button } from '../parts/button.tsx';
import { Cover } from '../parts/cover.tsx';
import { clock, percent } from '../parts/format.ts';
import { linkTo } from '../route.ts';
import { useServices } from '../services.ts';
import { confidenceWord, speedWord } from './answer-words.ts';
import './found.css';
import type { Found } from './session.ts';

/** The answer: what it is, where in it the music is now, and how sure we are. */
export function FoundCard({ found }: { found: Found }): JSX.Element {
  const { session } = useServices();
  const { match, others } = found;
  const { track } = match;
  const by = [track.artist, track.album].filter(Boolean).join(', ');
  const change = speedWord(match);
  return (
    <div class="found">
      <a class="found-song" href={linkTo({ place: 'track', detail: String(track.id) })}>
        {track.hasCover && <Cover track={track} large />}
        <span class="found-names">
          <span class="found-title">{track.title}</span>
          {by && <span class="soft">{by}</span>}
        </span>
      </a>
      <Running found={found} />
      <p class="found-sure">
        <span class="found-chip">{confidenceWord(match.confidence)}</span>
        <span class="number soft">{percent(match.confidence, 1)}</span>
        {change && <span class="soft">{change}</span>}
      </p>
      <p class="unseen" role="status">
        {told(found)}
      </p>
      {others.length > 0 && (
        <details class="found-others">
          <summary>{t('found.others')}</summary>
          <ul>
            {others.map((other) => (
              <li key={other.track.id}>
                <a href={linkTo({ place: 'track', detail: String(other.track.id) })}>
                  <span>{other.track.title}</span>
                  <span class="number soft">{percent(other.confidence)}</span>
                </a>
              </li>
            ))}
          </ul>
        </details>
      )}
      <div class="found-ways">
        <Button kind="main" onClick={() => session.start('microphone')}>
          {t('listen.again')}
        </Button>
        <Button
          onClick={() => {
            session.keepsOn.set(true);
            void session.start('microphone');
          }}
        >
          {t('listen.keep')}
        </Button>
      </div>
    </div>
  );
}

/** The position, going on in time with the music. */
function Running({ found }: { found: Found }): JSX.Element {
  const { track, speed } = found.match;
  const now = () => {
    const passed = found.isRunning ? ((performance.now() - found.atMs) / 1000) * speed : 0;
    return Math.min(track.seconds, found.positionSeconds + passed);
  };
  const [position, setPosition] = useState(now);
  useEffect(() => {
    setPosition(now());
    const timer = setInterval(() => setPosition(now()), 250);
    return () => clearInterval(timer);
  }, [found]);
  return (
    <div class="running number">
      <span>{clock(position)}</span>
      <progress
        max={track.seconds}
        value={position}
        aria-label={t('found.at', { time: clock(found.positionSeconds) })}
      />
      <span class="soft">{clock(track.seconds)}</span>
    </div>
  );
}

function told({ match, positionSeconds }: Found): string {
  const { title, artist } = match.track;
  const rest = { title, time: clock(positionSeconds), confidence: confidenceWord(match.confidence) };
  return artist ? t('found.told', { ...rest, artist }) : t('found.told.noArtist', rest);
}
