// The files of the browser extension that are not code: its manifest, with the version and the policy, and its icons.
import { readFileSync } from 'node:fs';
import { pagePolicy } from './security-headers.mjs';

const read = (path) => readFileSync(new URL(path, import.meta.url));
const parsed = (path) => JSON.parse(read(path).toString());

/** The browser refuses a policy that allows more than its own rules for extensions do. */
export function extensionFiles() {
  return {
    name: 'extension files',
    generateBundle() {
      const manifest = {
        ...parsed('../src/extension/manifest.json'),
        version: parsed('../package.json').version,
        content_security_policy: { extension_pages: pagePolicy },
      };
      const emit = (fileName, source) => this.emitFile({ type: 'asset', fileName, source });
      emit('manifest.json', `${JSON.stringify(manifest, null, 2)}\n`);
      for (const icon of Object.values(manifest.icons)) emit(icon, read(`../public/${icon}`));
    },
  };
}
