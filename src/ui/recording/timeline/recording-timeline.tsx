import type { JSX } from 'preact';
import type { Session, Stretch, Strip } from '../../../engine/api.ts';
import { t } from '../../messages/messages.ts';
import { IconButton } from '../../parts/button.tsx';
import { clock } from '../../parts/localized.ts';
import { isStretch, keyOf, type Part } from '../parts-of-session.ts';
import { StripPicture } from './strip-picture.tsx';
import { type Edge, TimelineEdge } from './timeline-edge.tsx';
import { TimelinePart } from './timeline-part.tsx';
import { useZoom } from './use-zoom.ts';
import './recording-timeline.css';

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
  const zoom = useZoom(total);
  const to = Math.min(total, zoom.from + total / zoom.factor);
  const percent = (seconds: number) => `${(100 * seconds) / total}%`;
  return (
    <section class="timeline" aria-label={t('recording.timeline')}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the arrow keys must be able to scroll it */}
      <div class="timeline-scroll" ref={zoom.scroller} onScroll={zoom.look} tabIndex={0}>
        <div class="timeline-whole" style={{ inlineSize: `${100 * zoom.factor}%` }}>
          <div class="timeline-window" style={{ inlineSize: `${100 / zoom.factor}%` }}>
            {strip && <StripPicture strip={strip} fromSeconds={zoom.from} toSeconds={to} />}
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
        <span class="soft">{clock(zoom.from)}</span>
        {zoom.most > 1 && (
          <span class="timeline-zoom">
            <IconButton icon="minus" label={t('recording.zoom.out')} onClick={() => zoom.magnify(0.5)} />
            <IconButton icon="plus" label={t('recording.zoom.in')} onClick={() => zoom.magnify(2)} />
          </span>
        )}
        <span class="soft">{clock(to)}</span>
      </div>
    </section>
  );
}
