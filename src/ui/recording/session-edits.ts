/** What a person corrects in a session. Each gives a new session; gaps are laid anew around the stretches. */
import type { Gap, Session, Stretch, Verdict } from '../../engine/api.ts';
import { gapsOf } from '../../sessions/timeline.ts';

/** Two edges stay at least this far apart. */
const LEAST_SECONDS = 1;

export function withVerdict(session: Session, number: number, verdict: Verdict | undefined): Session {
  return changed(session, number, () => ({ verdict }));
}

/** Moves an edge; the place in the track goes with the beginning. */
export function withEdge(session: Session, number: number, edge: 'from' | 'to', seconds: number): Session {
  const stretches = session.stretches.map((stretch) => {
    if (stretch.number !== number) return stretch;
    const { fromSeconds, toSeconds, trackSeconds, speed } = stretch;
    if (edge === 'to') {
      const to = Math.min(session.seconds, Math.max(seconds, fromSeconds + LEAST_SECONDS));
      return { ...stretch, toSeconds: to, isEdited: true };
    }
    const from = Math.max(0, Math.min(seconds, toSeconds - LEAST_SECONDS));
    return { ...stretch, fromSeconds: from, trackSeconds: trackSeconds + (from - fromSeconds) * speed, isEdited: true };
  });
  return laidAnew({ ...session, stretches });
}

/** Names unknown music: replaces a gap by a stretch with full confidence. */
export function withName(session: Session, gap: Gap, title: string, artist?: string): Session {
  const number = Math.max(0, ...session.stretches.map((stretch) => stretch.number)) + 1;
  const { fromSeconds, toSeconds } = gap;
  const track = { title, ...(artist && { artist }) };
  const named: Stretch = {
    ...{ number, track, fromSeconds, toSeconds, trackSeconds: 0, confidence: 1, speed: 1 },
    verdict: 'right',
    isEdited: true,
  };
  return laidAnew({ ...session, stretches: [...session.stretches, named] });
}

function changed(session: Session, number: number, change: (stretch: Stretch) => Partial<Stretch>): Session {
  const stretches = session.stretches.map((stretch) =>
    stretch.number === number ? { ...stretch, ...change(stretch) } : stretch,
  );
  return { ...session, stretches };
}

function laidAnew(session: Session): Session {
  const stretches = [...session.stretches].sort((a, b) => a.fromSeconds - b.fromSeconds);
  return {
    ...session,
    stretches,
    gaps: gapsOf(stretches, session.seconds, (from, to) => partsOf(session.gaps, from, to)),
  };
}

/** The parts of earlier gaps in a gap, of which the outer ones reach to its edges. */
function partsOf(earlier: readonly Gap[], fromSeconds: number, toSeconds: number): Gap[] {
  const inside = earlier.filter((gap) => gap.fromSeconds < toSeconds && gap.toSeconds > fromSeconds);
  if (inside.length === 0) return [{ fromSeconds, toSeconds, sound: 'unclear' }];
  return inside.map((gap, i) => ({
    ...gap,
    fromSeconds: i === 0 ? fromSeconds : gap.fromSeconds,
    toSeconds: i === inside.length - 1 ? toSeconds : inside[i + 1].fromSeconds,
  }));
}
