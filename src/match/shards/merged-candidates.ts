/** Candidates that the shards have judged. Their prints are fetched only for those that are judged again here. */
import type { Print, TrackId } from '../../types.ts';
import { type Field, MARGIN } from '../field/field.ts';
import type { Index } from '../index-view.ts';
import { type Candidate, Candidates, type Judged, REFINED } from '../judge/candidates.ts';
import { isRefusedSound } from '../judge/refused.ts';
import type { Near, Shards } from './findings.ts';

/** How far from a place its print is needed, as a share of the clip: it may play up to a third faster. */
const REACH = 0.4;

export class MergedCandidates extends Candidates {
  private readonly refused: RefusedSounds;

  constructor(
    private readonly shards: Shards,
    private readonly merged: Field,
    tapeFrames: number,
    windowsAsked?: number,
  ) {
    const refused: RefusedSounds = new Map();
    super(frontIndex(refused), merged, windowsAsked, tapeFrames);
    this.refused = refused;
  }

  take(judged: Judged[]): void {
    for (const place of judged) if (this.keep(place)) this.prints.delete(place.track);
  }

  async rankedWithPrints(): Promise<Candidate[]> {
    for (;;) {
      const sorted = this.sorted([...this.best.values()]);
      const first = sorted.filter(({ mayBeRefused }, i) => i < REFINED || mayBeRefused);
      const present = await this.withPrints(first);
      if (present.length === first.length) return this.ranked();
    }
  }

  /** Those whose prints could be fetched; the others are dropped. */
  async withPrints<T extends Judged>(places: T[]): Promise<T[]> {
    const missing = places.filter(({ track }) => !this.prints.has(track));
    const { frameCount } = this.merged;
    const near = missing.map(({ track, start }): Near => {
      const reach = Math.ceil(REACH * frameCount) + 2 * MARGIN;
      return { track, start: Math.floor(start) - reach, frames: frameCount + 2 * reach };
    });
    const prints = near.length > 0 ? await this.shards.printsNear(near) : [];
    for (const [i, { track }] of missing.entries()) {
      const part = prints[i];
      if (part) {
        this.prints.set(track, part.print);
        this.refused.set(track, part.refused);
      } else this.best.delete(track);
    }
    return places.filter(({ track }) => this.prints.has(track));
  }
}

type RefusedSounds = Map<TrackId, readonly Print[]>;

/** A front has no library of its own; it knows the refused sounds that came with prints. */
const frontIndex = (refused: RefusedSounds): Index => ({
  lookup: async () => ({ starts: new Uint32Array(1), positions: new Uint32Array(0) }),
  stretches: () => ({ starts: new Uint32Array(0), frameCounts: new Uint32Array(0), tracks: new Uint32Array(0) }),
  prints: async (tracks) => tracks.map(() => undefined),
  packedPrints: async (tracks) => tracks.map(() => undefined),
  sketches: async (tracks) => tracks.map(() => undefined),
  isRefused: (track, ...sound) => isRefusedSound(refused.get(track) ?? [], ...sound),
});
