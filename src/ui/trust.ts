/**
 * The page's rules let no text become a script, nor an address the address of one, unless this policy says so: workers
 * and the service worker are ours, and nothing else is let through.
 */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(address: string): string }): unknown;
}

export function trustOwnScripts(): void {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  trustedTypes?.createPolicy('default', {
    createScriptURL(address) {
      if (new URL(address, document.baseURI).origin !== location.origin) throw new TypeError(`not ours: ${address}`);
      return address;
    },
  });
}
