import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Examination, ExaminedCandidate } from '../../../engine/api.ts';
import { currentPalette } from '../../listen/picture/palette.ts';
import { t } from '../../messages/messages.ts';
import { number } from '../../parts/localized.ts';
import { useCell } from '../../parts/state/cell.ts';
import { openWorkerCanvas } from '../../parts/worker-canvas.ts';
import { useServices } from '../../services.ts';
import type { LabPlayer } from '../lab-player.ts';
import type { LabPictureMessage } from './lab-painter.ts';
import type { PictureLayer } from './picture-layers.ts';

interface Props {
  examination?: Examination;
  candidate?: ExaminedCandidate;
  layers: PictureLayer[];
  player: LabPlayer;
}

/** The clip as the search sees it. Time goes from left to right in every language. */
export function LabPicture({ examination, candidate, layers, player }: Props): JSX.Element {
  const { settings } = useServices();
  const { look } = useCell(settings);
  const frame = useRef<HTMLDivElement>(null);
  const show = useRef<(message: LabPictureMessage) => void>(() => {});

  useEffect(() => {
    const element = frame.current!;
    const screen = openWorkerCanvas<LabPictureMessage>(
      element,
      () => new Worker(new URL('./paint-lab.worker.ts', import.meta.url), { type: 'module', name: 'lab picture' }),
      async (canvas, memory) => (await import('./lab-painter.ts')).createLabPainter(canvas, memory),
    );
    show.current = screen.show;
    const observer = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = element;
      screen.show({ kind: 'size', width, height, pixelRatio: Math.min(devicePixelRatio, 2) });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      screen.close();
    };
  }, []);
  useEffect(
    () => show.current({ kind: 'palette', palette: currentPalette() }),
    [look, document.documentElement.dataset.look],
  );
  useEffect(() => show.current({ kind: 'layers', layers }), [layers.join()]);
  useEffect(() => {
    if (!examination) return;
    const { frameCount, rows, peaks, pairs, tones } = examination;
    show.current({ kind: 'scene', scene: { frameCount, rows, peaks, pairs, tones, candidate } });
  }, [examination, candidate]);

  const seconds = examination?.heardSeconds ?? 0;
  return (
    <figure class="lab-picture" dir="ltr">
      <div class="lab-canvas" ref={frame} role="img" aria-label={t('lab.picture')} />
      <Cursor player={player} />
      <figcaption class="number" aria-hidden="true">
        <span>{number(0)}</span>
        <span>{t('lab.seconds', { seconds: number(seconds, { maximumFractionDigits: 1 }) })}</span>
      </figcaption>
    </figure>
  );
}

/** Where the clip is playing. */
function Cursor({ player }: { player: LabPlayer }): JSX.Element | null {
  const line = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (!player.isPlaying) return;
    let frame = 0;
    const follow = () => {
      line.current?.style.setProperty('--position', `${100 * player.position()}%`);
      frame = requestAnimationFrame(follow);
    };
    follow();
    return () => cancelAnimationFrame(frame);
  }, [player.isPlaying]);
  return player.isPlaying ? <span class="lab-cursor" ref={line} aria-hidden="true" /> : null;
}
