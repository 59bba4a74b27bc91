/**
 * A reporter that keeps the table in README.md of what works where. It writes only if all browsers were there and no test failed. A run
 * that changes the table ends with an error, so that nobody overlooks it; in CI, where browsers may be of other versions, it only says so.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Reporter, TestCase, TestModule } from 'vitest/node';

const START = '<!-- Written by npm run test:browsers. -->\n';
const END = '\n<!-- end -->';

const columns: Record<string, string> = { chromium: 'Chromium', firefox: 'Firefox', webkit: 'WebKitGTK' };

export default class ReadmeTable implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = new Map(modules.map((each) => [browserOf(each), [...each.children.allTests()]]));
    const all = [...tests.values()].flat();
    const isWhole = Object.keys(columns).every((name) => tests.has(name));
    if (!isWhole || all.some((test) => test.result().state !== 'passed')) return;
    const readme = readFileSync('README.md', 'utf8');
    const [before, rest] = readme.split(START);
    const written = `${before}${START}\n${tableOf(tests)}\n${END}${rest.split(END)[1]}`;
    if (written === readme) return;
    writeFileSync('README.md', written);
    console.error('The table of browsers in README.md was out of date. It is written anew: commit it.');
    if (!process.env.CI) process.exitCode = 1;
  }
}

const browserOf = ({ moduleId }: TestModule) => /(\w+)\.browsers\.ts$/.exec(moduleId)?.[1] ?? '';

function tableOf(tests: ReadonlyMap<string, TestCase[]>): string {
  const names = Object.keys(columns);
  const titles = tests.get(names[0])!.map(({ name }) => name);
  const works = (browser: string, title: string) =>
    tests
      .get(browser)!
      .find(({ name }) => name === title)!
      .meta().works ?? 'yes';
  const rows = titles.map((title) => [title, ...names.map((name) => works(name, title))]);
  const head = ['', ...names.map((name) => columns[name])];
  // As the formatter lays tables out.
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column].length)));
  const lines = [head, widths.map((width) => '-'.repeat(width)), ...rows];
  return lines.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`).join('\n');
}
