/** Help, laid out like a manual page and wrapped for a terminal of 80 columns. */
import { type Command, common } from './command.ts';
import { type Options, typedName } from './options.ts';
import type { Terminal } from './terminal.ts';

const WIDTH = 80;
const INDENT = '    ';

export function wrap(paragraph: string, indent: string, width = WIDTH): string[] {
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

/** A term at the left, what it means beside it, further lines below that. */
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
    ...wrap(`entendu ${version} - names the music in a sound, from a library of your own, without a server`, ''),
    ...title('Usage'),
    `${INDENT}entendu COMMAND [OPTIONS] ...`,
    ...title('A first walk'),
    `${INDENT}$ entendu add ~/Music              learns every track in there`,
    `${INDENT}$ entendu recognize clip.wav       names what it is`,
    `${INDENT}$ arecord -q -f cd | entendu recognize -`,
    `${INDENT}                                   listens to the microphone`,
    ...title('Commands'),
    ...commands.flatMap(({ name, summary }) => entry(name, summary, 18)),
    ...title('Everywhere'),
    ...optionEntries(common),
    '',
    ...wrap(
      'Exit status: 0 found or done, 1 no match, 2 something failed. Results go to standard output, all else to standard error. "entendu COMMAND --help" tells more.',
      '',
    ),
  ];
}
