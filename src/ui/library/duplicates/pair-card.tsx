import type { JSX } from 'preact';
import type { Track } from '../../../types.ts';
import { t } from '../../messages/messages.ts';
import { Button } from '../../parts/button.tsx';
import { Cover } from '../../parts/cover.tsx';
import { clock, number } from '../../parts/localized.ts';
import { showFault } from '../../parts/notices/fault-toast.ts';
import { linkTo } from '../../route.ts';
import { useServices } from '../../services.ts';
import { removeTracks } from '../remove-tracks.ts';
import { type Pair, settle } from './duplicate-search.ts';

/** Two songs side by side, with what they share drawn on the length of each. */
export function PairCard({ pair }: { pair: Pair }): JSX.Element {
  const { engine } = useServices();
  const { kind, track, other, stretches, seconds } = pair;
  const keepOnly = (gone: Track) => {
    removeTracks(engine, [gone.id]).then(() => settle(pair), showFault);
  };
  const never = () => {
    engine.keepPair(track.id, other.id).then(() => settle(pair), showFault);
  };
  const longest = Math.max(track.seconds, other.seconds);
  const speed = speedOf(pair);
  const shared = stretches.map(({ fromSeconds, otherFromSeconds, seconds, tempo }) => ({
    first: { from: fromSeconds, to: fromSeconds + seconds },
    second: { from: otherFromSeconds, to: otherFromSeconds + seconds / tempo },
  }));
  return (
    <article class="pair" aria-label={`${track.title}, ${other.title}`}>
      <h2>{kind === 'shared' ? t('duplicates.shared', { time: clock(seconds) }) : t(`duplicates.${kind}`)}</h2>
      {speed && <p class="soft number">{speed}</p>}
      <div class="pair-songs">
        <Side
          track={track}
          longest={longest}
          stretches={shared.map(({ first }) => first)}
          onKeep={() => keepOnly(other)}
        />
        <Side
          track={other}
          longest={longest}
          stretches={shared.map(({ second }) => second)}
          onKeep={() => keepOnly(track)}
        />
      </div>
      <div class="pair-both">
        <Button kind="quiet" onClick={() => settle(pair)}>
          {t('duplicates.both')}
        </Button>
        <Button kind="quiet" onClick={never}>
          {t('duplicates.never')}
        </Button>
      </div>
    </article>
  );
}

/** Smaller differences are not worth telling. */
const LEAST_DIFFERENCE = 0.003;

/** How the second plays what the first has, if that differs. */
function speedOf({ stretches }: Pair): string | undefined {
  const { tempo, pitch } = stretches.reduce((a, b) => (b.seconds > a.seconds ? b : a));
  if (Math.abs(tempo - 1) >= LEAST_DIFFERENCE) {
    return t('duplicates.tempo', { percent: number(tempo, { style: 'percent', maximumFractionDigits: 1 }) });
  }
  if (Math.abs(pitch - 1) < LEAST_DIFFERENCE) return undefined;
  return t(pitch > 1 ? 'duplicates.higher' : 'duplicates.lower');
}

interface SideProps {
  track: Track;
  /** Seconds of the longer of the two: both are drawn to the same scale. */
  longest: number;
  stretches: { from: number; to: number }[];
  onKeep: () => void;
}

function Side({ track, longest, stretches, onKeep }: SideProps): JSX.Element {
  const at = (seconds: number) => (100 * Math.max(0, Math.min(seconds, track.seconds))) / longest;
  const told = stretches
    .map(({ from, to }) => t('duplicates.stretch', { from: clock(from), to: clock(to) }))
    .join(', ');
  return (
    <div class="pair-side">
      <a class="pair-name" href={linkTo({ place: 'track', detail: String(track.id) })}>
        <Cover track={track} />
        <span class="track-row-names">
          <span class="track-row-title" dir="auto">
            {track.title}
          </span>
          <span class="track-row-by number">
            {[track.artist ?? t('track.unknownArtist'), clock(track.seconds)].join(', ')}
          </span>
          <bdi class="track-row-by">{track.fileName}</bdi>
        </span>
      </a>
      <svg class="pair-bar" viewBox="0 0 100 4" preserveAspectRatio="none" role="img" aria-label={told}>
        <rect class="pair-whole" width={at(track.seconds)} height="4" />
        {stretches.map(({ from, to }) => (
          <rect key={from} class="pair-part" x={at(from)} width={Math.max(0.5, at(to) - at(from))} height="4" />
        ))}
      </svg>
      <p class="soft number">{told}</p>
      <Button label={t('duplicates.keepOne', { title: track.title })} onClick={onKeep}>
        {t('duplicates.keep')}
      </Button>
    </div>
  );
}
