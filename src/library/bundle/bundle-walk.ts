/** Goes once through a bundle, from part to part in the order of `FORMAT.md`. Each part is validated before it is given out. */
import { UserError } from '../../errors.ts';
import { BundleReader, checkStart, damaged, LISTED_AT_ONCE, START_BYTES } from './sections.ts';
import { type BundleEntry, type BundleHead, checkedEntry, checkedHead } from './tracks-section.ts';
import type { BundledSession } from './write-bundle.ts';

/** The sections of a track: its print, and what else it has. */
export const sectionsOf = ({ cover, lyrics }: BundleEntry): string[] => [
  'PRNT',
  ...(cover ? ['COVR'] : []),
  ...(lyrics ? ['LYRC'] : []),
];

export class BundleWalk {
  private constructor(
    private readonly reader: BundleReader,
    readonly head: BundleHead,
  ) {}

  /** Reads and validates start and header; the list is next. */
  static async begin(bundle: Blob, kernel: number): Promise<BundleWalk> {
    const reader = new BundleReader(bundle);
    checkStart(await reader.take(START_BYTES));
    const head = checkedHead(await reader.json('HEAD'));
    if (head.kernel !== kernel) {
      const advice =
        head.kernel < kernel ? 'Learn the music again and make a new bundle.' : 'Update Entendu to open it.';
      throw new UserError(
        'BundleOtherKernel',
        `The prints in this bundle have format ${head.kernel}, but this version of Entendu uses format ${kernel}. ${advice}`,
      );
    }
    return new BundleWalk(reader, head);
  }

  /** Reads and validates the list, section by section; the first print is next. */
  async *list(): AsyncGenerator<BundleEntry> {
    const { reader, head } = this;
    let last = '';
    for (let count = 0; count < head.tracks; ) {
      const values = await reader.json('LIST');
      if (!Array.isArray(values) || values.length === 0 || values.length > LISTED_AT_ONCE) {
        throw damaged('its list of tracks is invalid');
      }
      count += values.length;
      if (count > head.tracks) throw damaged('its list has too many tracks');
      for (const value of values) {
        const entry = checkedEntry(value);
        if (last >= entry.contentId) throw damaged('its list is out of order');
        last = entry.contentId;
        yield entry;
      }
    }
  }

  /** The payload of the next section, which must have this tag. */
  async section(tag: string): Promise<Uint8Array> {
    return (await this.reader.section(tag)).payload;
  }

  /** Skips the next section, which must have this tag, without reading its payload. */
  skip(tag: string): Promise<void> {
    return this.reader.skip(tag);
  }

  /** Skips the list and all tracks; the sessions are next. */
  async skipTracks(): Promise<void> {
    const sections: string[] = [];
    for await (const entry of this.list()) sections.push(...sectionsOf(entry));
    for (const section of sections) await this.skip(section);
  }

  /** The refusals are next. */
  async *sessions(): AsyncGenerator<BundledSession> {
    for (let i = 0; i < (this.head.sessions ?? 0); i++) {
      const json = await this.section('SESS');
      const strip = hasStrip(json) ? await this.section('STRP') : undefined;
      yield { json, ...(strip && { strip }) };
    }
  }

  async skipSessions(): Promise<void> {
    for await (const _ of this.sessions());
  }

  /** Throws unless this is the end. */
  async end(): Promise<void> {
    await this.reader.section('END');
    if (this.reader.left > 0) throw damaged('there is data after its end');
  }
}

function hasStrip(json: Uint8Array): boolean {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json)).hasStrip === true;
  } catch (error) {
    throw new UserError('BundleDamaged', 'This bundle is damaged: a session in it cannot be read.', { cause: error });
  }
}
