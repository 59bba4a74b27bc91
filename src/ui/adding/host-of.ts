/** The host of an address that may be asked; undefined if it is none. */
export function hostOf(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, host } = new URL(address);
  return /^https?:$/.test(protocol) && host ? host : undefined;
}
