import { heaviest, heavyVotes, type Proposal, roughSums, sieved, threshold, type Votes } from './propose.ts';

/** Exactly the `wanted` cells with the greatest weight, wherever they are on the tape; of equal ones the earlier. `turn`: between steps. */
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
