/** Help texts, in the layout of a manual page with 80 columns. */
import { type Command, common } from './command.ts';
import { type Options, typedName } from './options.ts';
import type { Terminal } from './terminal.ts';

const WIDTH = 80;
const INDENT = '    ';

function wrap(paragraph: string, indent: string, width = WIDTH): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of paragraph.split(' ')) {
    if (line && indent.length + line.length + 1 + word.length > width) {
      lines.push(indent + line);
      line = word;
    } else {
      line = line ? `${line} ${word}` : word;
    }
  }
  return [...lines, indent + line];
}

/** A term on the left and its meaning, wrapped, in a column on the right. */
function entry(term: string, meaning: string, column: number): string[] {
  const [first, ...rest] = wrap(meaning, ' '.repeat(column));
  const head = `${INDENT}${term}`;
  if (head.length + 2 > column) return [head, first, ...rest];
  return [head.padEnd(column) + first.slice(column), ...rest];
}

function optionEntries(options: Options): string[] {
  return Object.entries(options).flatMap(([key, { letter, value, help }]) => {
    const name = `--${typedName(key)}${value ? ` ${value}` : ''}`;
    return entry(letter ? `-${letter}, ${name}` : `    ${name}`, help, 30);
  });
}

export function commandHelp(command: Command, terminal: Terminal): string[] {
  const title = (words: string) => ['', terminal.paint('bold', words)];
  return [
    ...wrap(`entendu ${command.name} - ${command.summary}`, ''),
    ...title('Usage'),
    ...command.usage.map((words) => `${INDENT}entendu ${command.name} ${words}`.trimEnd()),
    '',
    ...command.details.flatMap((paragraph, i) => [...(i ? [''] : []), ...wrap(paragraph, INDENT)]),
    ...title('Options'),
    ...optionEntries({ ...command.options, ...common }),
    ...title('Examples'),
    ...command.examples.flatMap(([typed, meaning]) => [`${INDENT}$ ${typed}`, ...wrap(meaning, `${INDENT}  `)]),
  ];
}

export function overview(commands: readonly Command[], version: string, terminal: Terminal): string[] {
  const title = (words: string) => ['', terminal.paint('bold', words)];
  return [
    ...wrap(`entendu ${version} - recognises music with a library of your own, without a server`, ''),
    ...title('Usage'),
    `${INDENT}entendu COMMAND [OPTIONS] ...`,
    ...title('First steps'),
    `${INDENT}$ entendu add ~/Music              learns all tracks in a folder`,
    `${INDENT}$ entendu recognize clip.wav       names the music in a clip`,
    `${INDENT}$ arecord -q -f cd | entendu recognize -`,
    `${INDENT}                                   listens to the microphone`,
    ...title('Commands'),
    ...commands.flatMap(({ name, summary }) => entry(name, summary, 18)),
    ...title('Options of all commands'),
    ...optionEntries(common),
    '',
    ...wrap(
      'Exit status: 0 found or done, 1 no match, 2 something failed. Results go to standard output, messages to standard error. See "entendu COMMAND --help" for details.',
      '',
    ),
  ];
}
