/** Finds and runs the command that was typed. */
import { version } from '../../package.json';
import { isInterrupted } from '../node/system/interrupt.ts';
import { faultOf } from '../node/system/node-fault.ts';
import { isFromSystem } from '../node/system/system-error.ts';
import { type Command, common, FAILED, FOUND, INTERRUPTED } from './command.ts';
import { accuracy } from './commands/accuracy.ts';
import { add } from './commands/add.ts';
import { copy } from './commands/copy.ts';
import { duplicates } from './commands/duplicates.ts';
import { exportBundle } from './commands/export.ts';
import { importBundle } from './commands/import.ts';
import { key } from './commands/key.ts';
import { list } from './commands/list.ts';
import { plot } from './commands/plot.ts';
import { publish } from './commands/publish.ts';
import { recognize } from './commands/recognize.ts';
import { remove } from './commands/remove.ts';
import { rename } from './commands/rename.ts';
import { serve } from './commands/serve.ts';
import { shards } from './commands/shards.ts';
import { show } from './commands/show.ts';
import { stats } from './commands/stats.ts';
import { subscribe, unsubscribe } from './commands/subscribe.ts';
import { token } from './commands/token.ts';
import { tracklist } from './commands/tracklist.ts';
import { verify } from './commands/verify.ts';
import { watch } from './commands/watch.ts';
import { commandHelp, overview } from './help.ts';
import { nearest } from './nearest.ts';
import { readArguments, UsageError } from './options.ts';
import type { Terminal } from './terminal.ts';

/** In the order in which new users need them. */
export const commands: readonly Command[] = [
  add,
  recognize,
  tracklist,
  list,
  show,
  rename,
  remove,
  duplicates,
  stats,
  exportBundle,
  importBundle,
  subscribe,
  unsubscribe,
  publish,
  key,
  copy,
  plot,
  verify,
  watch,
  serve,
  token,
  shards,
  accuracy,
];

/** Names that other programs use. */
const synonyms: Record<string, string> = {
  ...{ learn: 'add', fingerprint: 'add', store: 'add', index: 'add' },
  ...{ match: 'recognize', query: 'recognize', identify: 'recognize', listen: 'recognize', search: 'list' },
  ...{
    split: 'tracklist',
    monitor: 'watch',
    radio: 'watch',
    cue: 'tracklist',
    ls: 'list',
    info: 'show',
    edit: 'rename',
  },
  ...{ delete: 'remove', rm: 'remove', status: 'stats', check: 'verify', spectrogram: 'plot' },
  ...{ dupes: 'duplicates', similar: 'duplicates' },
  ...{ follow: 'subscribe', catalogue: 'subscribe', unfollow: 'unsubscribe', upload: 'publish', keygen: 'key' },
};

/** Returns the exit status. */
export async function run(typed: string[], terminal: Terminal): Promise<number> {
  const print = (lines: string[]) => {
    for (const line of lines) terminal.print(line);
    return FOUND;
  };
  const isAsking = typed[0] === 'help';
  const [name, ...rest] = isAsking ? typed.slice(1) : typed;
  if (name === '--version' || name === '-V') return print([version]);
  if (name === undefined || name === '--help' || name === '-h') return print(overview(commands, version, terminal));

  const command = commands.find((known) => known.name === name);
  if (!command) {
    terminal.note(unknownCommand(name));
    return FAILED;
  }
  try {
    const { values, words } = readArguments(rest, { ...command.options, ...common });
    if (isAsking || values.help) return print(commandHelp(command, terminal));
    return await command.run({ values, words, terminal });
  } catch (error) {
    terminal.progress('');
    if (isInterrupted()) return INTERRUPTED;
    const { name: kind, message } = faultOf(error);
    const path = isFromSystem(error) && error.path ? `${error.path}: ` : '';
    terminal.note(`entendu ${command.name}: ${path}${message}`);
    if (error instanceof UsageError) terminal.note(`See "entendu ${command.name} --help".`);
    else if (kind === 'Unexpected' && error instanceof Error) terminal.note(error.stack ?? '');
    return FAILED;
  }
}

function unknownCommand(name: string): string {
  const meant =
    synonyms[name.replace(/^-+/, '')] ??
    nearest(
      name.replace(/^-+/, ''),
      commands.map((known) => known.name),
    );
  return `There is no command "${name}". ${meant ? `Did you mean "entendu ${meant}"?` : '"entendu --help" lists all commands.'}`;
}
