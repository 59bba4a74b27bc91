import type { JSX } from 'preact';
import { t } from '../messages/messages.ts';
import { Button } from '../parts/button.tsx';
import { Cover } from '../parts/cover.tsx';
import { Icon } from '../parts/icon.tsx';
import { Told } from '../parts/live-region.tsx';
import { clock, percent } from '../parts/localized.ts';
import { linkTo } from '../route.ts';
import { useServices } from '../services.ts';
import { confidenceWord, speedWord } from './answer-words.ts';
import './found.css';
import { Running } from './running.tsx';
import { type Found, liveSource, type Source } from './session.ts';

/** The answer: what it is, where in it the music is now, and how sure we are. */
export function FoundCard({ found, source }: { found: Found; source: Source }): JSX.Element {
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
      <Told text={told(found)} />
      {others.length > 0 && (
        <details class="found-others">
          <summary>
            {t('found.others')}
            <Icon name="down" size={16} />
          </summary>
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
        <Button kind="main" onClick={() => session.start(liveSource(source))}>
          {t('listen.again')}
        </Button>
        <Button onClick={() => session.keepOn()}>{t('listen.keep')}</Button>
      </div>
    </div>
  );
}

function told({ match, positionSeconds }: Found): string {
  const { title, artist } = match.track;
  const rest = { title, time: clock(positionSeconds), confidence: confidenceWord(match.confidence) };
  return artist ? t('found.told', { ...rest, artist }) : t('found.told.noArtist', rest);
}
