import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useCell } from '../../parts/state/cell.ts';
import { useMedia } from '../../parts/state/media.ts';
import { useServices } from '../../services.ts';
import { currentPalette } from './palette.ts';
import './picture.css';
import type { PictureMessage } from './projector.ts';

/** The sound as it is heard, with its stars. Those by which a song was known are lit. */
export function LivePicture(): JSX.Element {
  const { session, settings } = useServices();
  const state = useCell(session.state);
  const { look } = useCell(settings);
  const isDark = useMedia('(prefers-color-scheme: dark)');
  const frame = useRef<HTMLDivElement>(null);
  const show = useRef<(message: PictureMessage) => void>(() => {});

  useEffect(() => {
    const element = frame.current!;
    const screen = openScreen(element);
    show.current = screen.show;
    const fit = () =>
      screen.show({
        kind: 'size',
        width: element.clientWidth,
        height: element.clientHeight,
        pixelRatio: Math.min(devicePixelRatio, 2),
      });
    const observer = new ResizeObserver(fit);
    observer.observe(element);
    const stopDrawing = session.onPictures((pictures) => screen.show({ kind: 'source', pictures }, [pictures]));
    return () => {
      stopDrawing();
      observer.disconnect();
      screen.close();
    };
  }, []);

  useEffect(
    () => show.current({ kind: 'palette', palette: currentPalette() }),
    [look, isDark, document.documentElement.dataset.look],
  );

  const isAlive = state.name === 'listening' || state.name === 'judging';
  useEffect(() => show.current({ kind: 'run', isRunning: isAlive }), [isAlive]);
  useEffect(() => {
    if (state.name === 'asking' || state.name === 'idle') show.current({ kind: 'reset' });
  }, [state.name]);

  const found = 'found' in state ? state.found : undefined;
  useEffect(() => {
    if (found?.match.met)
      show.current({
        kind: 'light',
        ...found.match.met,
        fromSeconds: found.fromSeconds,
        isOver: state.name === 'found',
      });
  }, [found]);

  return <div class="picture" ref={frame} data-alive={isAlive} data-shown={state.name !== 'idle'} aria-hidden="true" />;
}

type Show = (message: PictureMessage, transfer?: Transferable[]) => void;

/** A canvas that a worker draws on; where a canvas cannot be handed over, the page draws it itself. */
function openScreen(frame: HTMLElement): { show: Show; close(): void } {
  const canvas = document.createElement('canvas');
  frame.replaceChildren(canvas);
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
  if (!('transferControlToOffscreen' in canvas)) return openOnPage(canvas, isStill);
  const worker = new Worker(new URL('./paint-picture.worker.ts', import.meta.url), { type: 'module', name: 'picture' });
  const offscreen = canvas.transferControlToOffscreen();
  worker.postMessage({ canvas: offscreen, isStill }, [offscreen]);
  return { show: (message, transfer = []) => worker.postMessage(message, transfer), close: () => worker.terminate() };
}

function openOnPage(canvas: HTMLCanvasElement, isStill: boolean): { show: Show; close(): void } {
  const opening = import('./projector.ts').then(({ createProjector }) =>
    createProjector(canvas, document.createElement('canvas'), isStill),
  );
  return { show: (message) => void opening.then((show) => show(message)), close: () => {} };
}
