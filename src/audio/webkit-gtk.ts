/** Whether this is WebKitGTK (GNOME Web), whose faults we work around. Safari is another build of the same engine without them. */
export function isWebKitGtk(userAgent = globalThis.navigator?.userAgent ?? ''): boolean {
  return /Linux.*AppleWebKit.*Safari/.test(userAgent) && !/Chrom|Android/.test(userAgent);
}
