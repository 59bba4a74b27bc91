/** Puts a packed package into a project as npm does, without asking a registry: what it needs comes from this project's own packages. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** Runs `npm pack` in a folder; returns the path of the packed file. */
export function pack(source: string, into: string, options: string[] = []): string {
  const args = ['pack', '--pack-destination', into, ...options];
  execFileSync('npm', args, { cwd: source, stdio: 'pipe', shell: process.platform === 'win32' });
  return join(into, readdirSync(into).find((name) => name.endsWith('.tgz')) as string);
}

/** Returns the package's folder within the project. */
export function install(packed: string, project: string): string {
  const into = join(project, 'node_modules/entendu');
  mkdirSync(into, { recursive: true });
  execFileSync('tar', ['-xzf', packed, '-C', into, '--strip-components=1']);
  const { dependencies } = JSON.parse(readFileSync(join(into, 'package.json'), 'utf8'));
  for (const name of Object.keys(dependencies)) {
    const link = join(project, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true }); // of a scope
    symlinkSync(join(root, 'node_modules', name), link, 'junction');
  }
  return into;
}
