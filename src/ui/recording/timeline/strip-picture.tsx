import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Strip } from '../../../engine/api.ts';
import { currentPalette } from '../../listen/picture/palette.ts';
import { useCell } from '../../parts/state/cell.ts';
import { useMedia } from '../../parts/state/media.ts';
import { openWorkerCanvas } from '../../parts/worker-canvas.ts';
import { useServices } from '../../services.ts';
import type { StripMessage } from './strip-painter.ts';

/** The sound of a session from `fromSeconds` to `toSeconds`, as a picture. */
export function StripPicture(props: { strip: Strip; fromSeconds: number; toSeconds: number }): JSX.Element {
  const { settings } = useServices();
  const { look } = useCell(settings);
  const isDark = useMedia('(prefers-color-scheme: dark)');
  const { strip, fromSeconds, toSeconds } = props;
  const frame = useRef<HTMLDivElement>(null);
  const paint = useRef<(message: StripMessage) => void>(() => {});
  const view = useRef({ fromSeconds, toSeconds });
  view.current = { fromSeconds, toSeconds };

  const show = () => {
    const { clientWidth = 0, clientHeight = 0 } = frame.current ?? {};
    const width = Math.round(clientWidth * devicePixelRatio);
    const height = Math.round(clientHeight * devicePixelRatio);
    if (width && height) paint.current({ kind: 'view', ...view.current, width, height });
  };
  useEffect(() => {
    const element = frame.current!;
    const painter = openWorkerCanvas<StripMessage>(
      element,
      () => new Worker(new URL('./paint-strip.worker.ts', import.meta.url), { type: 'module', name: 'strip' }),
      async (canvas, memory) => (await import('./strip-painter.ts')).createStripPainter(canvas, memory),
    );
    paint.current = painter.show;
    const observer = new ResizeObserver(show);
    observer.observe(element);
    return () => {
      observer.disconnect();
      painter.close();
    };
  }, []);
  useEffect(
    () => paint.current({ kind: 'strip', strip, palette: currentPalette() }),
    [strip, look, isDark, document.documentElement.dataset.look],
  );
  useEffect(show, [fromSeconds, toSeconds]);
  return <div class="strip-picture" ref={frame} aria-hidden="true" />;
}
