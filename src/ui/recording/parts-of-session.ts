/** The parts of a session: songs and gaps, in their order. */
import type { Gap, Session, Stretch } from '../../engine/api.ts';

export type Part = Stretch | Gap;

export const isStretch = (part: Part): part is Stretch => 'track' in part;
export const keyOf = (part: Part): string => (isStretch(part) ? `s${part.number}` : `g${part.fromSeconds}`);

export const partsOf = ({ stretches, gaps }: Session): Part[] =>
  [...stretches, ...gaps].sort((a, b) => a.fromSeconds - b.fromSeconds || Number(isStretch(b)) - Number(isStretch(a)));
