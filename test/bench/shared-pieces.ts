/**
 * Whether two made-up tracks were rightly found to share sound: whether, in the stretch that they seem to share, both have a piece of
 * the same real song, moved to the same pitch.
 */
import { type Piece, printLike } from '../../src/accuracy/made-up-tracks.ts';
import type { Duplicate, SharedStretch } from '../../src/engine/api.ts';
import { FRAMES_PER_SECOND } from '../../src/kernel/format.ts';
import type { Print } from '../../src/types.ts';
import { random } from '../support/random.ts';

interface Made {
  /** The prints that tracks are made of, and the songs that are in each. */
  real: Print[];
  songs: number[][];
  trackSeconds: number;
  /** The seed with which a track was made. */
  seedOf(track: number): number;
}

export function sharesPiece({ track, other, stretches }: Duplicate, made: Made): boolean {
  const [first, second] = [piecesOf(track, made), piecesOf(other, made)];
  const songsOf = ({ print }: Piece) => made.songs[made.real.indexOf(print)];
  const isSame = (one: Piece, two: Piece) =>
    Math.abs(one.up - two.up) <= 1 && songsOf(one).some((song) => songsOf(two).includes(song));
  return stretches.some(({ fromSeconds, otherFromSeconds, seconds, tempo }: SharedStretch) => {
    const here = within(first, fromSeconds, seconds);
    const there = within(second, otherFromSeconds, seconds / tempo);
    return here.some((one) => there.some((two) => isSame(one, two)));
  });
}

function piecesOf(track: number, { real, trackSeconds, seedOf }: Made): Piece[] {
  const pieces: Piece[] = [];
  printLike(real, random(seedOf(track)), trackSeconds, (piece) => pieces.push(piece));
  return pieces;
}

const within = (pieces: Piece[], fromSeconds: number, seconds: number) =>
  pieces.filter(({ start, length }) => {
    const [from, to] = [fromSeconds, fromSeconds + seconds].map((each) => each * FRAMES_PER_SECOND);
    return start < to && start + length > from;
  });
