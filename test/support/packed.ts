/**
 * The package as npm publishes it, and what npm does to put it into a project, without asking a registry: what it needs comes from this
 * project's own packages.
 */
import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { builtOnce } from './built-once.ts';

const root = resolve(import.meta.dirname, '../..');

/** The path of the file that `npm pack` makes, once in a run. */
export async function packed(): Promise<string> {
  const folder = await builtOnce('packed', (into) => {
    mkdirSync(into, { recursive: true });
    const args = ['pack', '--pack-destination', into];
    return promisify(execFile)('npm', args, { cwd: root, shell: process.platform === 'win32' });
  });
  return join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) as string);
}

/** Returns the package's folder within the project. */
export function install(file: string, project: string): string {
  const into = join(project, 'node_modules/entendu');
  mkdirSync(into, { recursive: true });
  execFileSync('tar', ['-xzf', file, '-C', into, '--strip-components=1']);
  const { dependencies } = JSON.parse(readFileSync(join(into, 'package.json'), 'utf8'));
  for (const name of Object.keys(dependencies)) {
    const link = join(project, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true }); // of a scope
    symlinkSync(join(root, 'node_modules', name), link, 'junction');
  }
  return into;
}
