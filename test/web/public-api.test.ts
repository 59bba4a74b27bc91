/**
 * What `entendu/web` promises to other people's pages. Whoever removes or renames something here breaks them: that needs a new major
 * version. `docs/web.md` must name everything.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const recognizer = readFileSync('src/web/recognizer.ts', 'utf8');
const element = readFileSync('src/web/listen-element.ts', 'utf8');
const page = readFileSync('docs/web.md', 'utf8');

const found = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name]) => name);

/** The members of an interface: its lines that are indented by two spaces and begin with a name. */
function membersOf(name: string): string[] {
  const [, body] = new RegExp(`export interface ${name} \\{\\n([\\s\\S]*?)\\n\\}`).exec(recognizer)!;
  return found(body, /^ {2}(?:readonly )?(\w+)(?=[?:(])/gm);
}

const members = {
  RecognizerOptions: ['library', 'catalogue'],
  Recognizer: [
    'ready',
    'add',
    'recognize',
    'listen',
    'tracklist',
    'tracks',
    'remove',
    'importBundle',
    'exportBundle',
    'close',
  ],
};

test.each(Object.entries(members))('%s has the members that it had', (name, names) => {
  expect(membersOf(name)).toEqual(names);
});

test('the modules export what they exported', () => {
  expect(found(recognizer, /^export (?!type)\w+ (\w+)/gm)).toEqual([
    'RecognizerOptions',
    'Recognizer',
    'createRecognizer',
  ]);
  expect(found(recognizer, /^export type (.*?)(?: from .*)?;$/gm)).toEqual([
    '*',
    '{ Fault, FaultName }',
    '*',
    '{ LearnResult, SoundSource }',
  ]);
  expect(found(element, /^export \w+ (\w+)/gm)).toEqual(['EntenduListen']);
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(Object.keys(exports)).toEqual(['.', './client', './web', './web/listen']);
});

const words = found(/const words = \{([\s\S]*?)\n\};/.exec(element)![1], /^ {2}(\w+):/gm);
const parts = found(element, /element\('\w+', '(\w+)'\)/g);
const events = found(element, /this\.tell\('(\w+)'/g).map((name) => `entendu-${name}`);

test('the element has the words, parts and events that it had', () => {
  expect(words).toEqual(['listen', 'stop', 'listening', 'none', 'silent']);
  expect(parts).toEqual(['button', 'status', 'answer', 'title', 'artist']);
  expect([...new Set(events)].sort()).toEqual(['entendu-error', 'entendu-found', 'entendu-none']);
});

test.each([...Object.values(members).flat(), ...words, ...parts, ...events])('docs/web.md names %s', (name) => {
  expect(page).toMatch(new RegExp(`\\b${name}\\b`));
});
