import {
  addVote,
  heaviest,
  heavyVotes,
  type Proposal,
  ROUGH_BITS,
  roomFor,
  roughSums,
  threshold,
  type Votes,
} from './propose.ts';

/** Exactly the `wanted` cells with the greatest weight, wherever they are on the tape; of equal ones the earlier. Calls `turn` between steps. */
export async function proposeExactly(
  parts: Votes[],
  wanted: number,
  turn: () => Promise<void> = async () => {},
): Promise<Proposal[]> {
  const sums = roughSums(parts);
  // Many buckets are heavy by chance. If only a few reached the guess, too light a cell would be the last one found, and the second pass
  // would go through most of the votes.
  const guess = threshold(sums, 20 * wanted);
  await turn();
  const found = heaviest(heavyVotes(parts, sums, guess), wanted);
  // What is lighter than the guess may have been left out. If some of that was found, there may be more that is as heavy.
  const lightest = found.length === wanted ? found[wanted - 1].weight : 1;
  if (lightest >= guess) return found;
  await turn();
  const votes = heavyVotes(parts, sums, lightest);
  await turn();
  return heaviest(sieved(votes, lightest), wanted);
}

/**
 * Most buckets are heavy only because distant parts of the tape share them. So these votes are summed once more, with the buckets shared
 * differently and by fewer votes, and those whose bucket is now too light are left out.
 */
function sieved({ count, cells, weights }: Votes, least: number): Votes {
  const sums = new Uint16Array(2 ** MIXED_BITS);
  for (let i = 0; i < count; i++) {
    const at = mixed(cells[i] >>> ROUGH_BITS);
    sums[at] = Math.min(sums[at] + weights[i], 0xffff);
  }
  const kept = roomFor(count);
  for (let i = 0; i < count; i++) {
    const bucket = cells[i] >>> ROUGH_BITS;
    const beside = Math.max(sums[mixed(bucket - 1)], sums[mixed(bucket + 1)]);
    if (sums[mixed(bucket)] + beside >= least) addVote(kept, cells[i], weights[i]);
  }
  return kept;
}

const MIXED_BITS = 17;
/** The index of a bucket's sum. Multiplying by 2^32 / golden ratio scatters neighbouring buckets. */
const mixed = (bucket: number) => Math.imul(bucket, 0x9e3779b1) >>> (32 - MIXED_BITS);
