/** Reads `CHANGELOG.md`: a heading for each version, and a list of changes below it. */
interface VersionChanges {
  version: string;
  changes: string[];
}

export function changesIn(changelog: string): VersionChanges[] {
  const [, ...sections] = changelog.split(/^## /m);
  return sections.map((section) => {
    const [version, ...lines] = section.split('\n');
    const items = lines.join('\n').split(/^- /m).map(plain);
    return { version: version.trim(), changes: items.filter(Boolean) };
  });
}

/** One line, without the marks of code. */
const plain = (item: string) => item.replaceAll('`', '').replace(/\s+/g, ' ').trim();
