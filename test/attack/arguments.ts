/** Command lines that nobody means: commands, options, numbers, paths and tracks in any order. */
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commands } from '../../src/cli/dispatch.ts';
import { flag, typedName } from '../../src/cli/options.ts';
import { music } from '../support/music.ts';
import { wav } from '../support/recording.ts';
import type { Attack, Input, Subject } from './attack.ts';
import { runCommand } from './command-line.ts';
import { forgedBundle } from './forgery/bundle.ts';
import { folderVictim } from './forgery/library.ts';
import { faultsOfCommand } from './sentences.ts';

/** What `accuracy` does takes minutes, and others run until they are stopped; their options are read as those of the rest are. */
const COMMANDS = commands.filter(({ name }) => !['accuracy', 'serve', 'watch'].includes(name));
const STRANGE = '--constructor --__proto__ --no-json --jso --accuracy -x -- --version --json=5 --limit= ---'.split(' ');
const VALUES = [
  '0',
  '-1',
  '1',
  '2',
  '1e999',
  'NaN',
  '0x10',
  '3.5',
  '',
  ' ',
  'title',
  'x'.repeat(5000),
  '1,2',
  ',',
  '\u202e',
  '=1+1',
];
const TRACKS = ['1', '7', '999', '-5', '1.5', 'Song', 'song 12', 'Edited', '%', '*', '\\', '“'];
const PATHS =
  `sound.wav bundle.entendu text.txt folder missing.wav folder/missing/x.wav . .. - /dev/null /dev/zero /proc/self/mem
  sound.wav/x /proc/self/environ ./sound.wav`.split(/\s+/);
const TARGETS = ['out.entendu', 'folder', 'folder/out.svg', '/dev/full', 'missing/out.svg', '/proc/out', 'out'];

async function open(): Promise<Subject> {
  const victim = await folderVictim();
  const sound = wav(music(6, 11_025, 900).samples, 11_025);
  return {
    async take(input) {
      const cwd = input.at('here');
      mkdirSync(join(cwd, 'folder'), { recursive: true });
      cpSync(victim.folder, input.at('library'), { recursive: true });
      writeFileSync(join(cwd, 'sound.wav'), sound);
      writeFileSync(join(cwd, 'folder/other.wav'), sound);
      writeFileSync(join(cwd, 'text.txt'), 'hello\n');
      writeFileSync(join(cwd, 'bundle.entendu'), forgedBundle(input));
      const before = hashesOf(cwd);
      const words = typed(input);
      input.note(words.map((word) => JSON.stringify(word.slice(0, 60))).join(' '));
      const ended = await runCommand(words, { library: input.at('library'), cwd });
      input.note(`${ended.status} ${ended.out.slice(0, 300)} ${ended.err.slice(0, 300)}`);
      const failures = faultsOfCommand(words, ended);
      const after = hashesOf(cwd);
      for (const [name, hash] of before) if (after.get(name) !== hash) failures.push(`CHANGED: ${name}`);
      return failures;
    },
    close: async () => victim.remove(),
  };
}

/** Files are written only where a target is named, and no target is a file that is there. */
function typed(input: Input): string[] {
  const command = input.pick(COMMANDS);
  const own = Object.entries(command.options).filter(([key]) => key !== 'output');
  own.push(['help', flag('')]);
  const words: string[] = [];
  for (let count = input.below(5); count > 0; count--) {
    const [key, option] = input.pick(own);
    const kind = input.below(6);
    if (kind === 0 && input.once(2)) words.push(input.pick(STRANGE));
    else if (kind <= 2) words.push(`--${typedName(key)}`, ...(option.value ? [valueFor(input, option.value)] : []));
    else words.push(input.pick([TRACKS, PATHS, PATHS, VALUES][input.below(4)]));
  }
  if (input.once(25)) return [input.pick([...VALUES, 'help', 'learn', 'ls']), ...words];
  if (command.name === 'export')
    return ['export', input.pick(TARGETS), ...words.filter((word) => !PATHS.includes(word))];
  if (command.name === 'plot') return ['plot', input.pick(PATHS), ...words, '--output', input.pick(TARGETS)];
  return [command.name, ...words];
}

/** Half of the time one of those that are meant. */
const valueFor = (input: Input, value: string) =>
  input.once(2) ? input.pick([...value.split('|'), '1', '5']) : input.pick(VALUES);

function hashesOf(folder: string): Map<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => statSync(join(folder, name)).isFile());
  return new Map(
    files.map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ]),
  );
}

export const attack: Attack = { inputs: 400, patienceSeconds: 90, open };
