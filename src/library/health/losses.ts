/** Lists what the library has lost and cannot repair, as sentences for the user. */
import type { TrackId } from '../../types.ts';
import type { TrackList } from '../tracks/track-list.ts';

export class Losses {
  private readonly known = new Set<string>();

  constructor(private readonly tracks: TrackList) {}

  get sentences(): string[] {
    return [...this.known];
  }

  addRow(id: TrackId): void {
    this.known.add(
      `The row of track ${id} is damaged, so its title is lost. Check the library to bring the track back.`,
    );
  }

  addPrint(id: TrackId): void {
    this.known.add(this.ofPrint(id));
  }

  addTrack(id: TrackId): void {
    this.known.add(this.ofTrack(id));
  }

  replaceAll(sentences: readonly string[]): void {
    this.known.clear();
    for (const sentence of sentences) this.known.add(sentence);
  }

  ofTrack(id: TrackId): string {
    return `Track ${id} is lost: neither its title nor its print can be read. Learn its file again.`;
  }

  ofPrint(id: TrackId): string {
    return `${this.titleOf(id)} cannot be recognised any more. Learn its file again.`;
  }

  ofCover(id: TrackId): string {
    return `The cover of ${this.titleOf(id)} is lost.`;
  }

  ofLyrics(id: TrackId): string {
    return `The lyrics of ${this.titleOf(id)} are lost.`;
  }

  titleOf(id: TrackId): string {
    return `“${this.tracks.row(id)?.title}”`;
  }
}
