/** Builds small programs for tests that need separate processes or threads. */
import { rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { build } from 'vite';

const root = resolve(import.meta.dirname, '../..');

export interface Program {
  path: string;
  remove(): void;
}

/** `source` is a path from the root of the project. */
export async function buildProgram(source: string): Promise<Program> {
  const name = basename(source, '.ts');
  // Within the project, so that it finds the packages.
  const folder = join(root, 'dist', `${name}-${process.pid}-${Date.now()}`);
  await build({ configFile: false, logLevel: 'error', root, build: { ssr: source, outDir: folder, minify: false } });
  return { path: join(folder, `${name}.js`), remove: () => rmSync(folder, { recursive: true, force: true }) };
}
