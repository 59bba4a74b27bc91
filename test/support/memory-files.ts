import type { Folder } from '../../src/library/index/pages/mirror.ts';

/** What a browser does with the mode in which a file is opened: older ones open every file for writing. */
export type Modes = 'known' | 'ignored' | 'refused';

/**
 * An origin private file system in memory. As in the real one, a file can be opened for writing only once at a time.
 */
export function memoryFiles(modes: Modes = 'known'): Folder & { files: Map<string, Uint8Array> } {
  const files = new Map<string, Uint8Array>();
  const locked = new Map<string, string>();
  return {
    files,
    async getFileHandle(name) {
      if (!files.has(name)) files.set(name, new Uint8Array(0));
      return {
        async createSyncAccessHandle(options) {
          if (options && modes === 'refused') throw new TypeError('unknown mode');
          const mode = modes === 'known' ? (options?.mode ?? 'readwrite') : 'readwrite';
          const other = locked.get(name);
          if (other === 'readwrite' || (other && mode === 'readwrite'))
            throw new DOMException('', 'NoModificationAllowedError');
          locked.set(name, mode);
          const bytes = () => files.get(name) ?? new Uint8Array(0);
          return {
            read(into, { at }) {
              const from = bytes().subarray(at, at + into.length);
              into.set(from);
              return from.length;
            },
            write(from, { at }) {
              const grown = new Uint8Array(Math.max(bytes().length, at + from.length));
              grown.set(bytes());
              grown.set(from, at);
              files.set(name, grown);
              return from.length;
            },
            truncate: (length) => files.set(name, bytes().slice(0, length)),
            flush() {},
            close: () => locked.delete(name),
          };
        },
      };
    },
    async removeEntry(name) {
      if (locked.has(name)) throw new DOMException('', 'NoModificationAllowedError');
      files.delete(name);
    },
    async *keys() {
      yield* [...files.keys()];
    },
  };
}
