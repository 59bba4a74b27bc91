/** Bundles whose every checksum fits, and which nobody's library wrote. */
import { section, startBytes } from '../../../src/library/bundle/sections.ts';
import { damaged } from '../../support/damage.ts';
import type { Input } from '../attack.ts';
import { forgedPrint, soundPrint } from './print.ts';
import { oddTexts } from './texts.ts';

type Json = Record<string, unknown>;

/** A bundle before it is written. */
interface Draft {
  head: Json;
  /** One value per section. */
  lists: unknown[];
  /** Prints and covers. */
  rest: [tag: string, payload: Uint8Array][];
}

const KERNEL = 1;
const NUMBERS = [0, -1, 0.5, 1e5, 1e8, 2 ** 31, 2 ** 53, 1e300, null, '1', [], {}, true, 'NaN'];

export function forgedBundle(input: Input): Uint8Array<ArrayBuffer> {
  const draft = sane(input);
  const tricks = Object.entries(forgeries);
  for (let count = input.below(4); count > 0; count--) {
    const [name, forge] = input.pick(tricks);
    input.note(name);
    forge(input, draft);
  }
  const bytes = written(input, draft);
  if (!input.once(12)) return bytes;
  input.note('and damaged');
  return damaged(bytes, input.draw).slice();
}

const idOf = (number: number) => number.toString(16).padStart(32, '0');
/** Some of them are those of the tracks that are in the library (see `bundles.ts`). */
function entryOf(number: number): Json {
  return { contentId: idOf(number), seconds: 6, learntSeconds: 6, title: `Bundled ${number}`, artist: 'Somebody' };
}

function sane(input: Input): Draft {
  const count = input.pick([0, 1, 2, 5, 9, 300]);
  const entries = Array.from({ length: count }, (_, i) => entryOf(3 + i));
  const lists: unknown[] = [];
  for (let from = 0; from < count; from += 256) lists.push(entries.slice(from, from + 256));
  return {
    head: { name: 'Forged', made: 1_790_000_000_000, kernel: KERNEL, tracks: count, seconds: 6 * count },
    lists,
    rest: entries.map((_, i) => ['PRNT', soundPrint(3 + i)]),
  };
}

function written(input: Input, { head, lists, rest }: Draft): Uint8Array<ArrayBuffer> {
  const parts = [
    startBytes(input.once(4) ? 1 : 2),
    section('HEAD', jsonOf(head)),
    ...lists.map((list) => section('LIST', jsonOf(list))),
    ...rest.map(([tag, payload]) => section(tag, payload)),
    section('END', new Uint8Array(0)),
  ];
  if (input.once(25)) parts.splice(input.below(parts.length), 1);
  if (input.once(25)) parts.splice(input.below(parts.length), 0, input.pick(parts));
  if (input.once(25)) parts.push(input.pick(parts));
  return Uint8Array.from(Buffer.concat(parts));
}

const jsonOf = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));

/** One entry of one list, to be spoilt. */
function anEntry(input: Input, { lists }: Draft): Json {
  const list = input.pick(lists);
  const entry = Array.isArray(list) ? input.pick(list) : undefined;
  return typeof entry === 'object' && entry !== null ? entry : {};
}

const forgeries: Record<string, (input: Input, draft: Draft) => void> = {
  'a head that lies'(input, { head }) {
    head[input.pick(['tracks', 'seconds', 'made', 'kernel', 'name'])] = input.pick([...NUMBERS, ...oddTexts]);
  },
  'a count that is wrong'(input, { head }) {
    head.tracks = Number(head.tracks) + input.pick([-1, 1, 1000, 2 ** 40]);
  },
  'another kernel'(input, { head }) {
    head.kernel = input.pick([0, 2, 99_999]);
  },
  'a number that makes no sense'(input, draft) {
    const field = input.pick(['seconds', 'learntSeconds', 'year', 'trackNumber', 'contentId']);
    anEntry(input, draft)[field] = input.pick(NUMBERS);
  },
  'odd texts'(input, draft) {
    for (const field of ['title', 'artist', 'album', 'fileName']) anEntry(input, draft)[field] = input.pick(oddTexts);
  },
  'an odd content id'(input, draft) {
    const ids = ['A'.repeat(32), 'a'.repeat(31), 'f'.repeat(128), 'f'.repeat(129), '../../etc/passwd', '', idOf(3)];
    anEntry(input, draft).contentId = input.pick(ids);
  },
  'fields that are none'(input, draft) {
    const fields = ['__proto__', 'constructor', 'toString', 'id', 'removed', 'enabled', 'tapeStart', 'hasCover'];
    const entry = JSON.stringify({ ...entryOf(3), [input.pick(fields)]: input.pick(NUMBERS) });
    draft.lists[0] = `[${entry.replace('}', `,"__proto__":{"enabled":false}}`)}]`;
  },
  'a list out of order'(input, { lists }) {
    const list = input.pick(lists);
    if (Array.isArray(list)) list.reverse();
  },
  'a track twice'(input, { lists }) {
    const list = input.pick(lists);
    if (Array.isArray(list) && list.length > 0) list.push(input.pick(list));
  },
  'a list that is none'(input, draft) {
    draft.lists.push(input.pick<unknown>([[], {}, null, 'x', '[', '['.repeat(100_000), [null], [[]], [1]]));
  },
  'a list of too many'(_input, draft) {
    draft.lists = [draft.lists.flat()];
  },
  'forged prints'(input, { rest }) {
    for (let count = 1 + input.below(3); count > 0 && rest.length > 0; count--)
      rest[input.below(rest.length)] = ['PRNT', forgedPrint(input)];
  },
  'covers that are none'(input, draft) {
    const cover = new Uint8Array(input.pick([0, 1, 1000, 2 ** 22, 2 ** 22 + 1]));
    const types = ['image/webp', 'image/png', 'image/svg+xml', 'text/html', '', 5];
    if (!input.once(4)) anEntry(input, draft).cover = input.pick(types);
    if (!input.once(4)) draft.rest.splice(1, 0, ['COVR', cover]);
  },
  'sections that are none'(input, { rest }) {
    const tag = input.pick(['LIST', 'HEAD', 'END', 'XXXX', '\0\0\0\0', 'PRNT']);
    rest.splice(input.below(rest.length + 1), 0, [tag, new Uint8Array(input.pick([0, 1, 70_000]))]);
  },
  'lyrics that are none'(input, draft) {
    const lyrics = new Uint8Array(input.pick([0, 1, 1000, 2 ** 20, 2 ** 20 + 1])).fill(input.pick([10, 91, 255]));
    if (!input.once(4)) anEntry(input, draft).lyrics = input.pick<unknown>([true, true, 1, 'x', {}]);
    if (!input.once(4)) draft.rest.splice(1, 0, ['LYRC', lyrics]);
  },
  'sessions and refusals of a backup'(input, { head, rest }) {
    const session = {
      id: 5,
      began: 1,
      source: 'file',
      seconds: 9,
      stretches: [],
      gaps: [],
      written: 1,
      hasStrip: true,
    };
    const jsons = [session, { ...session, id: input.pick(NUMBERS) }, { ...session, stretches: [{}] }, null, [], '{'];
    head.sessions = input.pick([1, 1, 2, -1, 1e9]);
    head.refusals = input.pick([0, 1, 1, 2, 1e9]);
    rest.push(['SESS', jsonOf(input.pick(jsons))]);
    if (!input.once(3)) rest.push(['STRP', new Uint8Array(input.pick([0, 20, 70_000]))]);
    rest.push(['REFU', input.once(2) ? forgedPrint(input) : new Uint8Array(input.pick([0, 5, 6, 90]))]);
  },
  /** They are as long as they may be: two hundred and sixty of them are more than a library holds. */
  'prints that fill the tape'(input, draft) {
    const count = input.pick([3, 250, 260]);
    const print = soundPrint(1, 2 ** 24, 6600);
    const entries = Array.from({ length: count }, (_, i) => ({
      ...entryOf(1000 + i),
      learntSeconds: 390_000,
      seconds: 390_000,
    }));
    draft.head.tracks = count;
    draft.lists = [entries.slice(0, 256), ...(count > 256 ? [entries.slice(256)] : [])];
    draft.rest = entries.map(() => ['PRNT', print]);
  },
};
