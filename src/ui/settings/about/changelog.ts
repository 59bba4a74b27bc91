/** Reads `CHANGELOG.md`: a heading for each version, and below it changes, in groups with headings or without. */
interface VersionChanges {
  version: string;
  groups: ChangeGroup[];
}

interface ChangeGroup {
  title?: string;
  changes: string[];
}

export function changesIn(changelog: string): VersionChanges[] {
  const [, ...sections] = changelog.split(/^## /m);
  return sections.map((section) => {
    const [version, rest] = headed(section);
    const [first, ...others] = rest.split(/^### /m);
    const groups = [{ changes: itemsIn(first) }, ...others.map(groupOf)];
    return { version, groups: groups.filter(({ changes }) => changes.length > 0) };
  });
}

function groupOf(text: string): ChangeGroup {
  const [title, rest] = headed(text);
  return { title, changes: itemsIn(rest) };
}

function headed(text: string): [string, string] {
  const [title, ...lines] = text.split('\n');
  return [title.trim(), lines.join('\n')];
}

const itemsIn = (text: string) => text.split(/^- /m).map(plain).filter(Boolean);

/** One line, without the marks of code. */
const plain = (item: string) => item.replaceAll('`', '').replace(/\s+/g, ' ').trim();
