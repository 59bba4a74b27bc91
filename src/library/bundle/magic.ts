/** The first bytes of every bundle. As in PNG: shows what it is, and at once when it went through something made for text. */
export const BUNDLE_MAGIC: readonly number[] = [
  0x89,
  ...new TextEncoder().encode('ENTENDU'),
  ...[0x0d, 0x0a, 0x1a, 0x0a],
];
