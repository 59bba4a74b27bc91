/**
 * Searches a few seconds of a recording by landmarks and, if requested, also at other speeds. In: a clip. Out: candidates, best first.
 * The costlier comparison with every print is left out, because another window of the same stretch is usually clearer.
 */

import type { Analysis } from '../analysis.ts';
import type { Field } from '../field/field.ts';
import type { Index } from '../index-view.ts';
import { AS_LEARNT, type Warp } from '../judge/align.ts';
import { type Candidate, Candidates, placesOf, tapeLength } from '../judge/candidates.ts';
import type { Place } from '../judge/evidence.ts';
import { type Proposal, propose, questionOf, votesOf, weightsOf } from '../propose.ts';
import type { SearchOptions } from '../search-model.ts';
import { queryLandmarks } from '../speeds/warp.ts';

/** Peaks, partners of each peak, and places to judge: at the print's speed, and at each other speed. */
const AS_HEARD = { ranks: 30, fan: 6, wanted: 16 };
const AT_SPEEDS = { ranks: 30, fan: 3, wanted: 12 };
/** How many places to judge of all other speeds together. */
const SPEEDS_WANTED = 30;

/** Other speeds: up to 6 % faster or slower. Landmarks tolerate half a step. */
const SPEED_STEP = 0.01;
const SPEEDS: Warp[] = [1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6].map((steps) => ({
  tempo: 1 + steps * SPEED_STEP,
  pitch: 1 + steps * SPEED_STEP,
}));

export type WindowOptions = Pick<SearchOptions, 'only' | 'signal' | 'pause'>;

export class WindowSearch {
  constructor(
    private readonly index: Index,
    private readonly options: WindowOptions,
  ) {}

  async search(clip: Analysis, field: Field, atOtherSpeeds: boolean): Promise<Candidate[]> {
    const candidates = new Candidates(this.index, field);
    const places = atOtherSpeeds ? await this.placesAtSpeeds(clip) : await this.places(clip);
    const { only } = this.options;
    await candidates.add(only === undefined ? places : places.filter(({ track }) => track === only));
    await this.turn();
    return candidates.ranked();
  }

  private async places(clip: Analysis): Promise<Place[]> {
    return placesOf(await this.proposals(clip, AS_HEARD, AS_LEARNT), this.index.stretches());
  }

  private async placesAtSpeeds(clip: Analysis): Promise<Place[]> {
    let best: { proposal: Proposal; warp: Warp }[] = [];
    for (const warp of SPEEDS) {
      const found = await this.proposals(clip, AT_SPEEDS, warp, best[SPEEDS_WANTED - 1]?.proposal.weight);
      best = [...best, ...found.map((proposal) => ({ proposal, warp }))]
        .sort((a, b) => b.proposal.weight - a.proposal.weight)
        .slice(0, SPEEDS_WANTED);
    }
    return best.flatMap(({ proposal, warp }) => placesOf([proposal], this.index.stretches(), warp));
  }

  private async proposals(clip: Analysis, effort: typeof AS_HEARD, warp: Warp, least?: number): Promise<Proposal[]> {
    await this.turn();
    const question = questionOf(queryLandmarks(clip.shifts.slice(0, 1), effort.ranks, effort.fan, warp));
    const answer = await this.index.lookup(question.hashes);
    const weights = weightsOf(answer, tapeLength(this.index.stretches()));
    return propose([votesOf(question, answer, weights)], effort.wanted, least);
  }

  private async turn(): Promise<void> {
    await this.options.pause?.();
    this.options.signal?.throwIfAborted();
  }
}
