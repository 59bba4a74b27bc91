import { expect, test } from 'vitest';
import { bar, openTerminal, table } from '../../src/cli/terminal.ts';

function sink(isTTY: boolean) {
  let written = '';
  return {
    isTTY,
    columns: 20,
    write: (text: string | Uint8Array) => {
      written += text;
      return true;
    },
    get written() {
      return written;
    },
  };
}

function open(isTTY: boolean, env = {}) {
  const out = sink(isTTY);
  const err = sink(isTTY);
  return { out, err, terminal: openTerminal(out, err, env) };
}

test('without a terminal there is neither colour nor bar', () => {
  const { out, err, terminal } = open(false);
  terminal.progress('half');
  terminal.print(terminal.paint('red', 'no'));
  expect([out.written, err.written]).toEqual(['no\n', '']);
});

test('NO_COLOR switches colour off, and a line of result first clears the bar', () => {
  const { out, err, terminal } = open(true, { NO_COLOR: '1' });
  terminal.progress('a line that is longer than the terminal is wide');
  terminal.print(terminal.paint('red', 'no'));
  expect(out.written).toBe('no\n');
  expect(err.written).toBe('a line that is long\r\u001b[K');
});

test('a title cannot send control characters to the terminal', () => {
  const { out, terminal } = open(true);
  terminal.print(`${terminal.paint('bold', 'Rain\u001b]0;owned\u0007')}\u202e`);
  expect(out.written).toBe('\u001b[1mRain ]0;owned \u001b[0m \n');
});

test('a bar is full only at the end', () => {
  expect(bar(0, 4)).toBe('[----]   0 %');
  expect(bar(0.999, 4)).toBe('[####]  99 %');
  expect(bar(1, 4)).toBe('[####] 100 %');
});

test('columns of a table line up', () => {
  expect(
    table(
      [
        ['1', 'Rain', 'x'],
        ['20', 'Wind', 'yy'],
      ],
      '>',
    ),
  ).toEqual([' 1  Rain  x', '20  Wind  yy']);
});
