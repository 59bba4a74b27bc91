// Reads a `.d.ts` file as TypeScript writes it: each statement begins at the first column.

/**
 * `declared`: declarations by name, with `comment` (Markdown), `text` and `code` (without comments). `named`: names taken from or given
 * on from other modules. `stars`: modules of which everything is given on.
 */
export function statementsOf(source) {
  const module = { declared: new Map(), named: [], stars: [] };
  for (const { comment, lines } of split(source)) {
    const text = publicPart(lines.join('\n'));
    const [, from] = /from ["'](.*)["'];$/.exec(text) ?? [];
    const [, names] = /^(?:im|ex)port (?:type )?\{([^}]*)\}/.exec(text) ?? [];
    if (names !== undefined) module.named.push(...namesIn(names, from, text.startsWith('export')));
    else if (/^export (type )?\*/.test(text)) module.stars.push(from);
    else declare(module, comment, text);
  }
  return module;
}

/** Without private members and their comments, and with two spaces a step. */
const publicPart = (text) =>
  text
    .replace(/\n +\/\*\*(?:(?!\*\/)[\s\S])*\*\/(?=\n +private)/g, '')
    .replace(/\n +private.*/g, '')
    .replace(/^ +/gm, (indent) => ' '.repeat(Math.ceil(indent.length / 2)))
    .replace(/ = ('[^;]{120,});$/gm, (_, union) => ` =\n  | ${union.replaceAll(' | ', '\n  | ')};`);

const namesIn = (names, from, isExported) =>
  names
    .split(',')
    .map((each) => each.trim().replace(/^type /, ''))
    .filter(Boolean)
    .map((each) => each.split(' as '))
    .map(([original, name = original]) => ({ original, name, from, isExported }));

function declare({ declared }, comment, text) {
  const [, name] =
    /^(?:export )?(?:declare )?(?:abstract )?(?:interface|type|class|function|const) (\w+)/.exec(text) ?? [];
  if (!name) return;
  const code = text.replace(/\/\*\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '');
  declared.set(name, { name, comment, text, code, isExported: text.startsWith('export') });
}

/** Statements with the comment before each. A comment that no statement follows at once is that of the file. */
function* split(source) {
  let comment = [];
  let lines = [];
  let depth = 0;
  let isComment = false;
  for (const line of source.split('\n')) {
    if (lines.length === 0 && (isComment || line.startsWith('/**'))) {
      if (!isComment) comment = [];
      isComment = !line.endsWith('*/');
      comment.push(line);
      continue;
    }
    if (lines.length === 0 && !line.trim()) continue;
    lines.push(line);
    depth += balance(line);
    if (depth > 0 || !/[;}]$/.test(line)) continue;
    yield { comment: markdownOf(comment), lines };
    [comment, lines] = [[], []];
  }
}

function balance(line) {
  const code = line.replace(/'[^']*'|"[^"]*"/g, '').replace(/^\s*\*.*|\/\*.*?\*\/|\/\*.*|\/\/.*/g, '');
  return (code.match(/[{([]/g) ?? []).length - (code.match(/[})\]]/g) ?? []).length;
}

const markdownOf = (comment) =>
  comment
    .join('\n')
    .replace(/^\/\*\*\s?|\s*\*\/$/g, '')
    .replace(/^ \* ?/gm, '')
    .trim();
