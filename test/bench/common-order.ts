/** How many entries two lists have in common in the same order (the longest common subsequence). */
export function commonOrder(one: readonly string[], other: readonly string[]): number {
  let row = new Uint32Array(other.length + 1);
  for (const entry of one) {
    const next = new Uint32Array(other.length + 1);
    for (let i = 0; i < other.length; i++)
      next[i + 1] = other[i] === entry ? row[i] + 1 : Math.max(row[i + 1], next[i]);
    row = next;
  }
  return row[other.length];
}
