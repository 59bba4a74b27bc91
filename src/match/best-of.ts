/** The best of many. Two ways to treat those that are as good as the last one. */

/** Best first; of equal ones, those that come first. */
export function bestBy<T>(all: T[], rate: (one: T) => number, wanted: number): T[] {
  return ranked(all, rate)
    .slice(0, wanted)
    .map(({ one }) => one);
}

/**
 * Best first, with all that are as good as the last one, or none of these if they would double the number. So the order in which they
 * come does not matter, and the best of some groups are among the best of each.
 */
export function bestWithTies<T>(all: T[], rate: (one: T) => number, wanted: number): T[] {
  const sorted = ranked(all, rate);
  const last = lastOf(sorted, wanted);
  const withTies = sorted.filter(({ value }) => value >= last);
  const kept = withTies.length > 2 * wanted ? withTies.filter(({ value }) => value > last) : withTies;
  return kept.map(({ one }) => one);
}

/** Best first, with all that are as good as the last one: enough of one group for `bestWithTies` of several. */
export function bestWithAllTies<T>(all: T[], rate: (one: T) => number, wanted: number): T[] {
  const sorted = ranked(all, rate);
  const last = lastOf(sorted, wanted);
  return sorted.filter(({ value }) => value >= last).map(({ one }) => one);
}

/** The value of the last one wanted; of fewer ones, a value that all reach. */
const lastOf = (sorted: { value: number }[], wanted: number) => sorted[wanted - 1]?.value ?? Number.NEGATIVE_INFINITY;

const ranked = <T>(all: T[], rate: (one: T) => number) =>
  all.map((one) => ({ one, value: rate(one) })).sort((a, b) => b.value - a.value);
