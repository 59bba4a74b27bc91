/** On touch screens a hover state stays after the tap, so it belongs to devices that can hover. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const sheets = readdirSync('src/ui', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.css'));

/** The style sheet without its blocks of `@media (hover: hover)`. */
function withoutHovering(css: string): string {
  const start = css.indexOf('@media (hover: hover)');
  if (start < 0) return css;
  let depth = 0;
  for (let at = css.indexOf('{', start); ; at++) {
    if (css[at] === '{') depth++;
    if (css[at] === '}') depth--;
    if (depth === 0) return css.slice(0, start) + withoutHovering(css.slice(at + 1));
  }
}

test.each(sheets)('%s: nothing hovers where a finger taps', (path) => {
  expect(withoutHovering(readFileSync(`src/ui/${path}`, 'utf8'))).not.toContain(':hover');
});
