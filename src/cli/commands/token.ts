import { homeLibrary } from '../../node/system/home-folder.ts';
import { SCOPES, Tokens, tokensBeside } from '../../server/tokens.ts';
import { command, FOUND, NONE } from '../command.ts';
import { choice, text, UsageError } from '../options.ts';
import { table } from '../terminal.ts';

export const token = command({
  name: 'token',
  summary: 'creates, lists and removes tokens of the service',
  usage: ['add NAME', 'list', 'remove NAME'],
  details: [
    'A token is shown only once, when it is created; the file contains only its hash. A running service notices changes within a second.',
    'Scopes: "read" recognises and lists, "write" also adds, changes and removes tracks, "admin" also imports and exports bundles.',
  ],
  options: {
    scope: choice(SCOPES, 'what the token allows'),
    tokens: text('FILE', 'file of tokens; default: tokens.json beside the library'),
  },
  examples: [
    ['entendu token add phone', 'a token that allows recognition'],
    ['entendu token add importer --scope write', 'one that also allows adding songs'],
    ['entendu token remove phone', 'removes a token'],
  ],
  async run({ values, words: [verb, name, ...more], terminal }) {
    const tokens = new Tokens(values.tokens ?? tokensBeside(values.library ?? homeLibrary()));
    if (more.length > 0) throw new UsageError(`Give one name only: "${more[0]}" is too much.`);
    if (verb === 'list') {
      const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
      const rows = tokens.list().map(({ name, scope, added }) => [name, scope, day(added)]);
      for (const line of table(rows, '<<')) terminal.print(line.trimEnd());
      if (rows.length === 0) terminal.note('There are no tokens: entendu token add NAME');
      return FOUND;
    }
    if (verb !== 'add' && verb !== 'remove')
      throw new UsageError('Use "entendu token add NAME", "list" or "remove NAME".');
    if (!name) throw new UsageError(`Name a token: entendu token ${verb} NAME`);
    if (verb === 'add') {
      terminal.print(await tokens.add(name, values.scope));
      terminal.note(`Save it now: it is not shown again. Scope: ${values.scope}. Its hash is in ${tokens.path}`);
      return FOUND;
    }
    if (await tokens.remove(name)) return FOUND;
    terminal.note(`There is no token "${name}".`);
    return NONE;
  },
});
