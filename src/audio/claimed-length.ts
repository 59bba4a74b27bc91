/** How long a file says it is. Damaged files say anything, and files that were cut say what they were. */

/** No music is compressed further. A damaged file that claims to be longer than this allows is not believed. */
const LEAST_BYTES_A_SECOND = 500;

/** The claimed seconds, if a file of this size can be so long. */
export function believed(claimedSeconds: number | undefined, bytes: number): number | undefined {
  return claimedSeconds && claimedSeconds * LEAST_BYTES_A_SECOND < bytes ? claimedSeconds : undefined;
}

/** Claims are not exact. A file whose sound ends before this was cut. */
export const leastOf = (claimedSeconds = 0): number => claimedSeconds - Math.max(1, claimedSeconds / 50);
