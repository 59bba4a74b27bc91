import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Track } from '../../types.ts';
import { useServices } from '../services.ts';
import { cell, useCell } from './state/cell.ts';
import './cover.css';

/** Rises when a cover was replaced. */
export const coversChanged = cell(0);

/** A track's cover. A track without one gets its own constellation, which never changes. */
export function Cover({
  track,
  large,
}: {
  track: Pick<Track, 'id' | 'contentId' | 'hasCover'>;
  large?: boolean;
}): JSX.Element {
  const { engine } = useServices();
  const version = useCell(coversChanged);
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (!track.hasCover) return;
    let url: string | undefined;
    let isGone = false;
    engine.cover(track.id).then((picture) => {
      if (!picture || isGone) return;
      url = URL.createObjectURL(picture);
      setAddress(url);
    }, console.error);
    return () => {
      isGone = true;
      setAddress(undefined);
      if (url) URL.revokeObjectURL(url);
    };
  }, [track.id, track.hasCover, version]);
  return (
    <span class="cover" data-large={large}>
      {address ? <img src={address} alt="" /> : <Constellation seed={track.contentId} />}
    </span>
  );
}

/** Five to eight stars, placed and joined according to the digits of the content id. */
function Constellation({ seed }: { seed: string }): JSX.Element {
  const digits = [...seed.padEnd(24, '7')].map((digit) => Number.parseInt(digit, 16) || 0);
  const count = 5 + (digits[0] % 4);
  const stars = Array.from({ length: count }, (_, i) => ({
    x: 14 + (72 * (i + 0.5 + (digits[3 + i * 2] - 8) / 24)) / count,
    y: 18 + digits[4 + i * 2] * 4.2,
    radius: 1.8 + (digits[2 + i] % 4),
  }));
  const strongest = stars.reduce((best, star) => (star.radius > best.radius ? star : best));
  return (
    <svg viewBox="0 0 100 100" aria-hidden="true">
      <polyline points={stars.map(({ x, y }) => `${x},${y}`).join(' ')} />
      {stars.map((star) => (
        <circle key={star.x} cx={star.x} cy={star.y} r={star.radius} data-strong={star === strongest} />
      ))}
    </svg>
  );
}
