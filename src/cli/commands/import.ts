import { fileAt } from '../../node/decode/open-file.ts';
import { openLibrary } from '../../node/package.ts';
import { interruptible } from '../../node/system/interrupt.ts';
import { faultOf } from '../../node/system/node-fault.ts';
import { command, FAILED, FOUND, INTERRUPTED } from '../command.ts';
import { openToChange } from '../open-library.ts';
import { flag, UsageError } from '../options.ts';
import { bar } from '../terminal.ts';
import { bytes, counted, duration } from '../words.ts';

export const importBundle = command({
  name: 'import',
  summary: 'adds the tracks of bundles, which were exported elsewhere',
  usage: ['FILE.entendu ...', '-'],
  details: [
    'Tracks that the library already has (from a file with the same bytes) are not changed. A bundle is imported completely or not at all: a damaged one changes nothing.',
    '"-" reads from standard input.',
  ],
  options: {
    preview: flag('only show what the bundle contains'),
    replace: flag('first delete everything in the library, so that it then holds only this bundle'),
  },
  examples: [
    ['entendu import songs.entendu --preview', 'shows what it would add'],
    ['entendu import songs.entendu', 'imports it'],
  ],
  async run({ values: { library: folder, preview, replace }, words, terminal }) {
    if (words.length === 0) throw new UsageError('Name a bundle to import: entendu import FILE.entendu');
    if (replace && words.length > 1) throw new UsageError('--replace accepts only one bundle.');
    const library = preview ? await openLibrary(folder, { readOnly: true }) : await openToChange(folder, terminal);
    const stop = interruptible();
    let failed = false;
    try {
      for (const file of words) {
        try {
          const bundle = file === '-' ? await standardInput() : await fileAt(file);
          const inside = await library.previewBundle(bundle);
          terminal.print(
            `${file}: ${inside.name ? `"${inside.name}", ` : ''}${counted(inside.trackCount, 'track')}, ${duration(inside.seconds)}, ` +
              `${bytes(inside.bytes)}: ${inside.newCount} new, ${inside.knownCount} already known`,
          );
          if (preview) continue;
          const progress = ({ done, total }: { done: number; total: number }) =>
            terminal.progress(`${bar(done / Math.max(1, total))} imported`);
          const { added, known } = await library.importBundle(bundle, replace ? 'replace' : 'merge', progress, stop);
          terminal.print(`${file}: ${counted(added, 'track')} added, ${known} already known`);
        } catch (error) {
          if (stop.aborted) return INTERRUPTED;
          failed = true;
          terminal.note(`${file}: ${faultOf(error).message}`);
        }
      }
      return failed ? FAILED : FOUND;
    } finally {
      await library.close();
    }
  },
});

async function standardInput(): Promise<Blob> {
  const parts: Buffer<ArrayBuffer>[] = [];
  for await (const part of process.stdin) parts.push(Buffer.from(part));
  return new Blob(parts);
}
