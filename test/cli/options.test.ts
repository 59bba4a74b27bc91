import { describe, expect, test } from 'vitest';
import { editDistance, nearest } from '../../src/cli/nearest.ts';
import { choice, flag, list, number, readArguments, text, typedName } from '../../src/cli/options.ts';

const options = {
  json: flag('one object per line'),
  top: number('N', 'how many', { least: 1, whole: true }),
  ext: list('EXT,EXT', 'only these'),
  evenIfSimilar: flag('learn it all the same'),
  title: text('WORDS', 'a title', 't'),
  format: choice(['text', 'json', 'dejavu'], 'how it is told'),
};
const read = (...typed: string[]) => readArguments(typed, options);

describe('arguments', () => {
  test('options and words may stand in any order', () => {
    const { values, words } = read('a.wav', '--top', '3', '-', '--json', 'b.wav', '-t', 'Rain');
    expect(words).toEqual(['a.wav', '-', 'b.wav']);
    expect(values).toMatchObject({ top: 3, json: true, title: 'Rain', format: 'text', evenIfSimilar: false });
  });

  test('a value may follow an equals sign, and words after "--" are words', () => {
    expect(read('--top=2', '--', '--json')).toMatchObject({ values: { top: 2, json: false }, words: ['--json'] });
  });

  test('names of several words are typed with hyphens', () => {
    expect(read('--even-if-similar').values.evenIfSimilar).toBe(true);
    expect(typedName('evenIfSimilar')).toBe('even-if-similar');
  });

  test('lists are split at commas', () => {
    expect(read('--ext', 'mp3, flac').values.ext).toEqual(['mp3', 'flac']);
  });

  test.each([
    [['--jsno'], 'There is no option --jsno. Did you mean --json?'],
    [['--even-similar'], 'There is no option --even-similar. Did you mean --even-if-similar?'],
    [['--quux'], 'There is no option --quux.'],
    [['-x'], 'There is no option -x.'],
    [['--top'], '--top needs a value: --top N'],
    [['--top', '--json'], '--top needs a value: --top N'],
    [['--top', 'many'], '--top needs a whole number of 1 or more, not "many".'],
    [['--top', '1.5'], '--top needs a whole number of 1 or more, not "1.5".'],
    [['--json=yes'], '--json is a switch and takes no value.'],
    [['--format', 'jsn'], '--format cannot be "jsn". Did you mean json?'],
    [['--format', 'pickle'], '--format cannot be "pickle". Use one of text, json, dejavu.'],
  ])('%j is refused with what would be right', (typed, sentence) => {
    expect(() => read(...typed)).toThrow(sentence);
  });
});

describe('the nearest word', () => {
  test('is the one with the fewest slips, or none when all are far', () => {
    const words = ['add', 'recognize', 'remove', 'rename'];
    expect(nearest('recognise', words)).toBe('recognize');
    expect(nearest('renmae', words)).toBe('rename');
    expect(nearest('rec', words)).toBe('recognize');
    expect(nearest('helicopter', words)).toBeUndefined();
  });

  test('distance counts insertions, deletions, replacements and swaps, and is the same both ways', () => {
    const pairs: [string, string, number][] = [
      ['', 'abc', 3],
      ['abc', 'abc', 0],
      ['abc', 'acb', 1],
      ['kitten', 'sitting', 3],
    ];
    for (const [a, b, distance] of pairs) {
      expect(editDistance(a, b)).toBe(distance);
      expect(editDistance(b, a)).toBe(distance);
    }
  });
});
