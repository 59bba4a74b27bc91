/**
 * Trusted Types policy. The page's content security policy allows no text as script or script URL unless this policy accepts it. It
 * only accepts our own workers and service worker.
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
