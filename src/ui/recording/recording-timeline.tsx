import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Gap, Session, Stretch, Strip } from '../../engine/api.ts';
import { t } from '../messages/messages.ts';
import { IconButton } from '../parts/button.tsx';
import { clock } from '../parts/localized.ts';
import { StripPicture } from './strip.tsx';
import './recording-timeline.css';

/** A stretch or a gap. */
export type Part = Stretch | Gap;

export const isStretch = (part: Part): part is Stretch => 'track' in part;
export const keyOf = (part: Part): string => (isStretch(part) ? `s${part.number}` : `g${part.fromSeconds}`);

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
}): JSX.Element {
  const { session, strip, parts, chosen, playing } = props;
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
              // biome-ignore lint/a11y/useKeyWithClickEvents: keyboards use the list below, which does the same
              // biome-ignore lint/a11y/noStaticElementInteractions: screen readers use that list, too
              <span
                key={keyOf(part)}
                class="timeline-part"
                data-gap={isStretch(part) ? undefined : part.sound}
                data-chosen={keyOf(part) === chosen}
                data-wrong={isStretch(part) && part.verdict === 'wrong'}
                title={isStretch(part) ? part.track.title : t(`gap.${part.sound}`)}
                style={{
                  insetInlineStart: percent(part.fromSeconds),
                  inlineSize: percent(part.toSeconds - part.fromSeconds),
                }}
                onClick={(event) => {
                  const box = event.currentTarget.getBoundingClientRect();
                  const share = (event.clientX - box.left) / box.width;
                  const along = document.documentElement.dir === 'rtl' ? 1 - share : share;
                  props.choose(part, part.fromSeconds + along * (part.toSeconds - part.fromSeconds));
                }}
              >
                <bdi>{isStretch(part) ? part.track.title : t(`gap.${part.sound}`)}</bdi>
              </span>
            ))}
            {playing !== undefined && <span class="timeline-now" style={{ insetInlineStart: percent(playing) }} />}
          </div>
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
