import type { JSX, TargetedPointerEvent } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { t } from '../../messages/messages.ts';
import { clock } from '../../parts/localized.ts';

export type Edge = 'from' | 'to';

/** Steps by the arrow keys, and with Shift or Page keys, in seconds. */
const STEP = 0.5;
const LONG_STEP = 5;

/** An edge of the chosen song, moved by mouse, finger or arrow keys. It is saved when it is let go. */
export function TimelineEdge(props: {
  edge: Edge;
  title: string;
  seconds: number;
  /** Length of the session in seconds. */
  total: number;
  move: (seconds: number) => void;
}): JSX.Element {
  const { edge, title, seconds, total, move } = props;
  const [dragged, setDragged] = useState<number>();
  const latest = useRef(seconds);
  const now = dragged ?? seconds;

  const secondsAt = ({ currentTarget, clientX }: TargetedPointerEvent<HTMLElement>) => {
    const box = (currentTarget.parentElement as HTMLElement).getBoundingClientRect();
    const share = (clientX - box.left) / box.width;
    const along = document.documentElement.dir === 'rtl' ? 1 - share : share;
    return Math.max(0, Math.min(total, along * total));
  };
  const grasp = (event: TargetedPointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    latest.current = seconds;
    setDragged(seconds);
  };
  const drag = (event: TargetedPointerEvent<HTMLElement>) => {
    if (dragged === undefined) return;
    latest.current = secondsAt(event);
    setDragged(latest.current);
  };
  const release = () => {
    if (dragged === undefined) return;
    setDragged(undefined);
    if (Math.abs(latest.current - seconds) > 0.05) move(latest.current);
  };
  const press = (event: KeyboardEvent) => {
    const forward = document.documentElement.dir === 'rtl' ? -1 : 1;
    const steps: Record<string, number> = {
      ...{ ArrowRight: forward * STEP, ArrowLeft: -forward * STEP, ArrowUp: STEP, ArrowDown: -STEP },
      ...{ PageUp: LONG_STEP, PageDown: -LONG_STEP },
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    move(seconds + (event.shiftKey ? Math.sign(step) * LONG_STEP : step));
  };
  return (
    <span
      role="slider"
      tabIndex={0}
      class="timeline-edge"
      data-edge={edge}
      data-dragged={dragged !== undefined}
      aria-label={t(edge === 'from' ? 'recording.edge.from' : 'recording.edge.to', { title })}
      aria-valuemin={0}
      aria-valuemax={Math.round(total)}
      aria-valuenow={Math.round(now)}
      aria-valuetext={clock(now)}
      style={{ insetInlineStart: `${(100 * now) / total}%` }}
      onPointerDown={grasp}
      onPointerMove={drag}
      onPointerUp={release}
      onPointerCancel={() => setDragged(undefined)}
      onKeyDown={press}
    >
      {dragged !== undefined && <span class="timeline-edge-time number">{clock(now)}</span>}
    </span>
  );
}
