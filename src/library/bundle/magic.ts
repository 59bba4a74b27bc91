/** The first bytes of every bundle. As in PNG, a transfer in text mode would change them, so such damage is found at once. */
export const BUNDLE_MAGIC: readonly number[] = [
  0x89,
  ...new TextEncoder().encode('ENTENDU'),
  ...[0x0d, 0x0a, 0x1a, 0x0a],
];
