import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Session, Stretch, Strip } from '../../engine/api.ts';
import { t } from '../messages/messages.ts';
import { IconButton } from '../parts/button.tsx';
import { clock } from '../parts/localized.ts';
import { isStretch, keyOf, type Part } from './parts-of-session.ts';
import { StripPicture } from './strip.tsx';
import { type Edge, TimelineEdge } from './timeline-edge.tsx';
import { TimelinePart } from './timeline-part.tsx';
import './recording-timeline.css';

/** At most this many seconds fill the width. */
const LEAST_SECONDS = 15;

/**
 * The session from left to right: its sound, its songs, its gaps. For the eye and the hand; the list below says the same and
 * is what keyboard and screen reader use.
 */
export function Timeline(props: {
  session: Session;
  strip?: Strip;
  parts: Part[];
  chosen?: string;
  /** Where the file is playing, in seconds. */
  playing?: number;
  choose: (part: Part, seconds: number) => void;
  /** Left out while the session runs. */
  moveEdge?: (stretch: Stretch, edge: Edge, seconds: number) => void;
}): JSX.Element {
  const { session, strip, parts, chosen, playing, moveEdge } = props;
  const edged = parts.filter(isStretch).find((part) => keyOf(part) === chosen);
  const total = Math.max(1, session.seconds);
  const scroller = useRef<HTMLDivElement>(null);
  const [zoom, setZoom] = useState(1);
  const [from, setFrom] = useState(0);
  const shown = total / zoom;
  const most = Math.max(1, 2 ** Math.floor(Math.log2(total / LEAST_SECONDS)));

  const look = () => {
    const { scrollLeft = 0, scrollWidth = 1 } = scroller.current ?? {};
    setFrom((Math.abs(scrollLeft) / scrollWidth) * total);
  };
  // The middle stays in the middle.
  const middle = useRef(0);
  const magnify = (next: number) => {
    middle.current = from + shown / 2;
    setZoom(Math.max(1, Math.min(most, next)));
  };
  useEffect(() => {
    const element = scroller.current!;
    const sign = document.documentElement.dir === 'rtl' ? -1 : 1;
    element.scrollLeft = sign * ((middle.current - shown / 2) / total) * element.scrollWidth;
    look();
  }, [zoom]);

  const percent = (seconds: number) => `${(100 * seconds) / total}%`;
  return (
    <section class="timeline" aria-label={t('recording.timeline')}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the arrow keys must be able to scroll it */}
      <div class="timeline-scroll" ref={scroller} onScroll={look} tabIndex={0}>
        <div class="timeline-whole" style={{ inlineSize: `${100 * zoom}%` }}>
          <div class="timeline-window" style={{ inlineSize: `${100 / zoom}%` }}>
            {strip && <StripPicture strip={strip} fromSeconds={from} toSeconds={Math.min(total, from + shown)} />}
          </div>
          <div class="timeline-parts" aria-hidden="true">
            {parts.map((part) => (
              <TimelinePart
                key={keyOf(part)}
                part={part}
                total={total}
                isChosen={keyOf(part) === chosen}
                choose={props.choose}
              />
            ))}
            {playing !== undefined && <span class="timeline-now" style={{ insetInlineStart: percent(playing) }} />}
          </div>
          {edged && moveEdge && (
            <div class="timeline-edges">
              {(['from', 'to'] as const).map((edge) => (
                <TimelineEdge
                  key={edge}
                  edge={edge}
                  title={edged.track.title}
                  seconds={edge === 'from' ? edged.fromSeconds : edged.toSeconds}
                  total={total}
                  move={(seconds) => moveEdge(edged, edge, seconds)}
                />
              ))}
            </div>
          )}
        </div>
      </div>
      <div class="timeline-foot number">
        <span class="soft">{clock(from)}</span>
        {most > 1 && (
          <span class="timeline-zoom">
            <IconButton icon="minus" label={t('recording.zoom.out')} onClick={() => magnify(zoom / 2)} />
            <IconButton icon="plus" label={t('recording.zoom.in')} onClick={() => magnify(zoom * 2)} />
          </span>
        )}
        <span class="soft">{clock(Math.min(total, from + shown))}</span>
      </div>
    </section>
  );
}
