/** Lyrics in files of their own: read for the song that is learnt, or given to a song that is known. */
import { tagsOfName } from '../../../audio/tags-from-name.ts';
import type { Engine } from '../../../engine/api.ts';
import { UserError } from '../../../errors.ts';
import { isLyricsName, lyricsTextOf } from '../../../lyrics/lyrics-text.ts';
import { baseOf } from '../../../lyrics/pair-lyrics.ts';
import type { Track } from '../../../types.ts';
import type { QueueRows } from './queue-rows.ts';

export type LyricsEngine = Pick<Engine, 'tracks' | 'lyrics' | 'setLyrics'>;

/** Of the songs whose names contain the same words, at most so many are compared. */
const MOST_FOUND = 200;

export async function readLyricsFile(file: Blob): Promise<string> {
  return lyricsTextOf(new Uint8Array(await file.arrayBuffer()));
}

/** What the queue does with files of lyrics. Those that cannot be read or given get a row that says why. */
export class QueueLyrics {
  /** By the number of their song. */
  readonly #files = new Map<number, File>();

  /** Without an engine, files of lyrics that stand alone are not taken. */
  constructor(
    private readonly engine: LyricsEngine | undefined,
    private readonly rows: QueueRows,
    private readonly fail: (id: number, error: unknown) => void,
  ) {}

  /** Gives lyrics that stand alone to their song in the library; undefined if the file is none of lyrics. */
  take(file: File): Promise<void> | undefined {
    return this.engine && isLyricsName(file.name) ? this.#give(this.engine, file) : undefined;
  }

  /** Keeps lyrics until their song is learnt. */
  keep(id: number, file: File): void {
    this.#files.set(id, file);
  }

  /** The text for a song, which is learnt without it if it cannot be read. */
  async textFor(id: number): Promise<string | undefined> {
    const file = this.#files.get(id);
    this.#files.delete(id);
    return file && readLyricsFile(file).catch((error) => void this.fail(this.rows.enter(file), error));
  }

  /** A song that was known before keeps the lyrics that it has. */
  async complete({ id }: Track, text: string): Promise<void> {
    if (this.engine && !(await this.engine.lyrics(id))) await this.engine.setLyrics(id, text);
  }

  async #give(engine: LyricsEngine, file: File): Promise<void> {
    const id = this.rows.enter(file);
    await giveLyrics(engine, file).then(
      (track) => this.rows.change(id, { state: 'lyrics', track, share: 1 }),
      (error) => this.fail(id, error),
    );
  }
}

/** Gives lyrics to the song whose file, or whose artist and title, has the same name. */
async function giveLyrics(engine: LyricsEngine, file: File): Promise<Track> {
  const text = await readLyricsFile(file);
  const track = await songOf(engine, file.name);
  if (!track) throw new UserError('LyricsAlone', 'No song in the library has the name of this file of lyrics.');
  await engine.setLyrics(track.id, text);
  return track;
}

async function songOf(engine: LyricsEngine, name: string): Promise<Track | undefined> {
  const base = baseOf(name);
  const { title, artist } = tagsOfName(base);
  const { rows } = await engine.tracks({ search: title, limit: MOST_FOUND });
  const plain = (text = '') => text.normalize().toLowerCase();
  const called = rows.filter(
    (row) => plain(row.title) === plain(title) && (!artist || plain(row.artist) === plain(artist)),
  );
  return rows.find(({ fileName }) => baseOf(fileName) === base) ?? (called.length === 1 ? called[0] : undefined);
}
