import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { changesIn } from '../../src/ui/settings/about/changelog.ts';

test('a version and its changes are read, also those of several lines, and in groups', () => {
  const text =
    '# What is new\n\n## Unreleased\n\n- One `code`\n  goes on.\n- Two.\n\n### Odd files\n\n- Three.\n\n## 0.1.0\n\n- The first.\n';
  expect(changesIn(text)).toEqual([
    {
      version: 'Unreleased',
      groups: [{ changes: ['One code goes on.', 'Two.'] }, { title: 'Odd files', changes: ['Three.'] }],
    },
    { version: '0.1.0', groups: [{ changes: ['The first.'] }] },
  ]);
});

test('the changelog has no version without changes', () => {
  const read = changesIn(readFileSync('CHANGELOG.md', 'utf8'));
  expect(read.length).toBeGreaterThan(1);
  for (const { version, groups } of read) {
    expect(groups.length, version).toBeGreaterThan(0);
    for (const { title, changes } of groups) expect(changes.length, title).toBeGreaterThan(0);
  }
});

test('the version of the package is in the changelog', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const versions = changesIn(readFileSync('CHANGELOG.md', 'utf8')).map((read) => read.version);
  expect(versions).toContain(version);
});
