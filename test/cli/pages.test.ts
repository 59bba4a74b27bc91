/** What pages for users say of commands and of words on the screen holds: the words are there, the commands and options exist. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { common } from '../../src/cli/command.ts';
import { commands } from '../../src/cli/dispatch.ts';
import { readArguments } from '../../src/cli/options.ts';
import { en } from '../../src/ui/messages/en.ts';
import { enMore } from '../../src/ui/messages/en-more.ts';

const MOST_LINES = 30;
const forUsers = readdirSync('docs/for').map((name) => `docs/for/${name}`);
const pages = [...forUsers, 'docs/catalogues.md', 'docs/scale.md', 'README.md'];

/** Shell lines of examples and of the text, without comments and what follows a pipe. */
function commandsIn(page: string): string[] {
  const text = readFileSync(page, 'utf8');
  const lines = [
    ...text.matchAll(/^ {4}(?:.*\| )?(?:\$ )?(?:npx )?(entendu .*)$/gm),
    ...text.matchAll(/`(entendu [^`]*)`/g),
  ];
  return lines.map(([, line]) => line.replace(/ +[#|<>].*$/, '').trim());
}

const wordsOf = (line: string) => [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain);

test.each(pages.filter((page) => commandsIn(page).length > 0))(
  'the commands in %s exist, with these options',
  (page) => {
    for (const line of commandsIn(page)) {
      const [, name, ...rest] = wordsOf(line);
      if (name.startsWith('-') || name === 'COMMAND') continue;
      const command = commands.find((known) => known.name === name);
      expect(command, line).toBeDefined();
      expect(() => readArguments(rest, { ...command!.options, ...common }), line).not.toThrow();
    }
  },
);

test('there are commands in most pages', () => {
  expect(pages.flatMap(commandsIn).length).toBeGreaterThan(25);
});

test.each(forUsers)('%s fits a screen, and its words are on those of the app', (page) => {
  const text = readFileSync(page, 'utf8');
  expect(text.split('\n').length).toBeLessThan(MOST_LINES);
  const shown = new Set(
    Object.values({ ...en, ...enMore }).flatMap((value) => (typeof value === 'string' ? value : [])),
  );
  for (const [, words] of text.matchAll(/(?<![\w*])_([^_\n]+)_(?!\w)/g)) expect(shown, words).toContain(words);
});
