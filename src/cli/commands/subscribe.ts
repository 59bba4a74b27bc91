import { fetchWithin } from '../../catalogue/bounded-fetch.ts';
import type { Catalogue } from '../../catalogue/catalogue-model.ts';
import { shownKey } from '../../catalogue/signature.ts';
import { lookAt, takeCatalogue } from '../../catalogue/take-catalogue.ts';
import { type Library, openLibrary } from '../../node/package.ts';
import { interruptible } from '../../node/system/interrupt.ts';
import { faultOf } from '../../node/system/node-fault.ts';
import { command, FAILED, FOUND, INTERRUPTED, NONE } from '../command.ts';
import { openToChange } from '../open-library.ts';
import { flag, UsageError } from '../options.ts';
import { bar, type Terminal, table } from '../terminal.ts';
import { bytes, counted, duration } from '../words.ts';

export const subscribe = command({
  name: 'subscribe',
  summary: 'adds the songs of a published catalogue, and keeps them up to date',
  usage: ['ADDRESS', 'list', 'update [NUMBER ...]'],
  details: [
    'ADDRESS is where the catalogue was uploaded to: its folder, or its catalogue.txt. Only pieces that are missing are fetched, and each is checked. An interrupted download goes on where it was.',
    '"list" shows all subscriptions with their numbers; "update" fetches what is new, of all or of some. "entendu unsubscribe NUMBER" removes a catalogue and its songs.',
  ],
  options: {
    preview: flag('only show what the catalogue contains'),
    elsewhere: flag('allow the address to redirect to another host'),
  },
  examples: [
    ['entendu subscribe https://valley.example/songs/', 'adds its songs'],
    ['entendu subscribe update', 'for cron: fetches what is new'],
  ],
  async run({ values, words: [word, ...rest], terminal }) {
    if (!word) throw new UsageError('Give the address of a catalogue, "list" or "update".');
    const isReading = word === 'list' || values.preview;
    const library = isReading
      ? await openLibrary(values.library, { readOnly: true })
      : await openToChange(values.library, terminal);
    try {
      if (word === 'list') return await showList(library, terminal);
      if (word === 'update') return await update(library, await chosen(library, rest), values.elsewhere, terminal);
      if (rest.length > 0) throw new UsageError('Give one address only.');
      const address = httpAddress(word);
      if (values.preview) return await preview(library, address, terminal);
      return await update(library, [{ address, name: word }], values.elsewhere, terminal);
    } finally {
      await library.close();
    }
  },
});

export const unsubscribe = command({
  name: 'unsubscribe',
  summary: 'removes catalogues and their songs',
  usage: ['NUMBER ...'],
  details: [
    'The songs that came with these catalogues are deleted, all at once. Songs that you have learnt yourself stay, also those that are in a catalogue, too. "entendu subscribe list" shows the numbers.',
  ],
  options: {},
  examples: [['entendu unsubscribe 1779123456', 'removes one']],
  async run({ values, words, terminal }) {
    if (words.length === 0)
      throw new UsageError('Give the number of a catalogue: "entendu subscribe list" shows them.');
    const library = await openToChange(values.library, terminal);
    try {
      for (const { number, name, address } of await chosen(library, words)) {
        await library.catalogues.unsubscribe(number);
        terminal.print(`unsubscribed from ${name || address}`);
      }
      return FOUND;
    } finally {
      await library.close();
    }
  },
});

async function showList(library: Library, terminal: Terminal): Promise<number> {
  const catalogues = await library.catalogues.list();
  if (catalogues.length === 0) {
    terminal.note('There are no subscriptions: entendu subscribe ADDRESS');
    return NONE;
  }
  for (const line of table(catalogues.map(cells))) terminal.print(line.trimEnd());
  return FOUND;
}

const cells = ({ number, name, tracks, address, key, version, fault }: Catalogue) => [
  String(number),
  name,
  counted(tracks, 'track'),
  address,
  key ? `key ${shownKey(key)}` : 'not signed',
  fault ? `last time: ${fault}` : version === 0 ? 'incomplete' : '',
];

async function preview(library: Library, address: string, terminal: Terminal): Promise<number> {
  const news = await lookAt(library.catalogues, fetchWithin, address);
  terminal.print(
    `${news.name || address}: ${counted(news.tracks, 'track')}, ${duration(news.seconds)}; ${bytes(news.missingBytes)} to fetch`,
  );
  terminal.print(news.key ? `signed with the key ${shownKey(news.key)}` : 'not signed');
  return FOUND;
}

async function update(
  library: Library,
  wanted: readonly Pick<Catalogue, 'address' | 'name'>[],
  elsewhere: boolean,
  terminal: Terminal,
): Promise<number> {
  const signal = interruptible();
  let hasFailed = false;
  for (const { address, name } of wanted) {
    try {
      const progress = ({ done, total }: { done: number; total: number }) =>
        terminal.progress(`${bar(done / Math.max(1, total))} of ${bytes(total)}`);
      const options = { signal, progress };
      const { added, removed, number } = await takeCatalogue(library.catalogues, fetchWithin, address, options).catch(
        (error) => takeElsewhere(error, library, address, elsewhere, options),
      );
      terminal.progress('');
      terminal.print(`${name || address}: ${counted(added, 'track')} added, ${removed} removed (number ${number})`);
    } catch (error) {
      terminal.progress('');
      if (signal.aborted) return INTERRUPTED;
      hasFailed = true;
      terminal.note(`${name || address}: ${faultOf(error).message}`);
    }
  }
  return hasFailed ? FAILED : FOUND;
}

/** The person has allowed a redirect to another host. */
function takeElsewhere(
  error: unknown,
  library: Library,
  address: string,
  isAllowed: boolean,
  options: Parameters<typeof takeCatalogue>[3],
) {
  const { host } = error as { host?: string };
  if (!isAllowed || !host) {
    if (host) (error as Error).message += ' "--elsewhere" allows it.';
    throw error;
  }
  return takeCatalogue(library.catalogues, fetchWithin, address, { ...options, hosts: [host] });
}

/** The catalogues with these numbers; all, if none is given. */
async function chosen(library: Library, numbers: readonly string[]): Promise<Catalogue[]> {
  const all = await library.catalogues.list();
  if (numbers.length === 0) return all;
  return numbers.map((number) => {
    const found = all.find((each) => String(each.number) === number || each.address === number);
    if (!found) throw new UsageError(`There is no subscription ${number}. "entendu subscribe list" shows all.`);
    return found;
  });
}

function httpAddress(typed: string): string {
  if (!URL.canParse(typed) || !/^https?:$/.test(new URL(typed).protocol)) {
    throw new UsageError(`"${typed}" is no address. It begins with https:// or http://.`);
  }
  return typed;
}
