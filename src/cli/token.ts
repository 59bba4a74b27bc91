import { homeLibrary } from '../node/home-folder.ts';
import { SCOPES, Tokens, tokensBeside } from '../server/tokens.ts';
import { command, FOUND, NONE } from './command.ts';
import { choice, text, UsageError } from './options.ts';
import { table } from './terminal.ts';

export const token = command({
  name: 'token',
  summary: 'makes, lists and removes the tokens of the service',
  usage: ['add NAME', 'list', 'remove NAME'],
  details: [
    'A token is told once, when it is made; the file keeps only its hash. A running service knows of changes within a second.',
    'Scopes: "read" recognises and lists, "write" also adds, changes and removes tracks, "admin" also takes bundles in and gives them out.',
  ],
  options: {
    scope: choice(SCOPES, 'what the token allows'),
    tokens: text('FILE', 'where tokens are kept; else tokens.json beside the library'),
  },
  examples: [
    ['entendu token add phone', 'a token that may recognise'],
    ['entendu token add importer --scope write', 'one that may add songs'],
    ['entendu token remove phone', 'it is not known any more'],
  ],
  async run({ values, words: [verb, name, ...more], terminal }) {
    const tokens = new Tokens(values.tokens ?? tokensBeside(values.library ?? homeLibrary()));
    if (more.length > 0) throw new UsageError(`One name at a time: "${more[0]}" is too much.`);
    if (verb === 'list') {
      const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
      const rows = tokens.list().map(({ name, scope, added }) => [name, scope, day(added)]);
      for (const line of table(rows, '<<')) terminal.print(line.trimEnd());
      if (rows.length === 0) terminal.note('There are no tokens: entendu token add NAME');
      return FOUND;
    }
    if (verb !== 'add' && verb !== 'remove') throw new UsageError('entendu token add NAME, list, or remove NAME.');
    if (!name) throw new UsageError(`Which one? entendu token ${verb} NAME`);
    if (verb === 'add') {
      terminal.print(await tokens.add(name, values.scope));
      terminal.note(`This is told only now. Scope: ${values.scope}. Kept as a hash in ${tokens.path}`);
      return FOUND;
    }
    if (await tokens.remove(name)) return FOUND;
    terminal.note(`There is no token "${name}".`);
    return NONE;
  },
});
