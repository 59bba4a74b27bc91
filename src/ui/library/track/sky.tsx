import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Track } from '../../../types.ts';
import { t } from '../../messages/messages.ts';
import { clock } from '../../parts/localized.ts';
import { useCell } from '../../parts/state/cell.ts';
import { useServices } from '../../services.ts';

/** Draws all peaks of a song over time, as stars. */
export function Sky({ track }: { track: Track }): JSX.Element {
  const { engine, settings } = useServices();
  const { look } = useCell(settings);
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let isCurrent = true;
    const draw = async () => {
      const stars = await engine.constellation(track.id);
      if (isCurrent && stars && canvas.current) drawStars(canvas.current, stars);
    };
    const observer = new ResizeObserver(() => void draw());
    observer.observe(canvas.current!);
    return () => {
      isCurrent = false;
      observer.disconnect();
    };
  }, [track.id, look, document.documentElement.dataset.look]);
  return (
    <figure class="sky">
      <canvas ref={canvas} />
      <figcaption class="number">
        <span>{t('track.sky')}</span>
        <span>{clock(track.learntSeconds)}</span>
      </figcaption>
    </figure>
  );
}

function drawStars(canvas: HTMLCanvasElement, stars: { frames: Uint32Array; bins: Uint16Array; frameCount: number }) {
  const scale = Math.min(devicePixelRatio, 2);
  canvas.width = canvas.clientWidth * scale;
  canvas.height = canvas.clientHeight * scale;
  const view = canvas.getContext('2d')!;
  const style = getComputedStyle(canvas);
  const highest = stars.bins.reduce((most, bin) => Math.max(most, bin), 1);
  const radius = Math.max(0.7, Math.min(1.6, 400 / Math.sqrt(stars.frames.length * 30))) * scale;
  view.fillStyle = style.getPropertyValue('--fill');
  view.globalAlpha = 0.8;
  stars.frames.forEach((frame, i) => {
    const x = (frame / stars.frameCount) * canvas.width;
    const y = canvas.height * (1 - (stars.bins[i] / highest) * 0.92 - 0.04);
    view.beginPath();
    view.arc(x, y, radius, 0, 2 * Math.PI);
    view.fill();
  });
}
