/** Programs for tests that need separate processes or threads. Each is built once in a run. */
import { execFile } from 'node:child_process';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';
import { builtOnce } from './built-once.ts';

const root = resolve(import.meta.dirname, '../..');

/** The folder of the package for Node: `cli.js` in it is the command line. */
export const builtForNode = (): Promise<string> =>
  builtOnce('node', (path) =>
    promisify(execFile)('npx', ['vite', 'build', '--mode', 'node', '--outDir', path, '--logLevel', 'error'], {
      cwd: root,
    }),
  );

/** The path of a program of one file. `source`: its path from the root of the project. */
export async function builtProgram(source: string): Promise<string> {
  const name = basename(source, '.ts');
  const folder = await builtOnce(name, (outDir) =>
    build({
      ...{ configFile: false, logLevel: 'error', root },
      build: { ssr: source, outDir, minify: false },
      ssr: { noExternal: ['comlink'] },
    }),
  );
  return join(folder, `${name}.js`);
}
