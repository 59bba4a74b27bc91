import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Match } from '../../../types.ts';
import { OpenLyrics } from '../../lyrics/open-lyrics.tsx';
import { t } from '../../messages/messages.ts';
import { Button } from '../../parts/button.tsx';
import { Cover } from '../../parts/cover.tsx';
import { Icon } from '../../parts/icons/icon.tsx';
import { clock, percent } from '../../parts/localized.ts';
import { Told } from '../../parts/notices/live-region.tsx';
import { useServices } from '../../services.ts';
import { type Found, type LiveSource, liveSource } from '../session/listening-state.ts';
import { AlsoPlaying, linkToTrack, nameOf } from './also-playing.tsx';
import { confidenceWord, speedWord } from './answer-words.ts';
import './found.css';
import { Play } from './play.tsx';
import { Running } from './running.tsx';
import { Mistaken, Verdicts } from './verdict.tsx';
import '../../parts/panel.css';

/** The answer: the song, the current position in it, how certain the answer is, and actions. */
export function FoundCard({ found, source }: { found: Found; source: LiveSource }): JSX.Element {
  const { session } = useServices();
  const { match, others } = found;
  const { track } = match;
  const change = speedWord(match);
  const [verdict, setVerdict] = useState<'right' | 'wrong'>();
  return (
    <div class="found">
      <a class="found-song" href={linkToTrack(match)}>
        <Cover track={track} />
        <span class="found-names">
          <span class="found-title" dir="auto" title={track.title}>
            {track.title}
          </span>
          {track.artist && (
            <span class="found-by" dir="auto">
              {track.artist}
            </span>
          )}
          {track.album && (
            <span class="found-by soft" dir="auto">
              {track.album}
            </span>
          )}
        </span>
      </a>
      <Running found={found} />
      <p class="found-sure">
        <span class="found-chip">{confidenceWord(match.confidence)}</span>
        <span class="number soft">{percent(match.confidence, 1)}</span>
        {change && <span class="soft">{change}</span>}
      </p>
      <Told text={told(found)} />
      <AlsoPlaying found={found} />
      <div class="found-ways">
        <Button kind="main" onClick={() => session.start(liveSource(source))}>
          {t('listen.again')}
        </Button>
        <div class="acts">
          <Play found={found} />
          <OpenLyrics track={track} as="act" />
          <Verdicts found={found} verdict={verdict} judge={setVerdict} />
        </div>
      </div>
      {verdict === 'wrong' && <Mistaken found={found} />}
      {others.length > 0 && <Others others={others} />}
    </div>
  );
}

function Others({ others }: { others: Match[] }): JSX.Element {
  return (
    <details class="found-others">
      <summary>
        {t('found.others')}
        <Icon name="down" size={16} />
      </summary>
      <ul>
        {others.map((other) => (
          <li key={other.track.id}>
            <a href={linkToTrack(other)}>
              <span dir="auto">{nameOf(other)}</span>
              <span class="number soft">{percent(other.confidence)}</span>
            </a>
          </li>
        ))}
      </ul>
    </details>
  );
}

function told({ match, alsoPlaying, positionSeconds }: Found): string {
  const { title, artist } = match.track;
  const rest = { title, time: clock(positionSeconds), confidence: confidenceWord(match.confidence) };
  const first = artist ? t('found.told', { ...rest, artist }) : t('found.told.noArtist', rest);
  return [first, ...alsoPlaying.map((other) => `${t('found.also')} ${nameOf(other)}`)].join('. ');
}
