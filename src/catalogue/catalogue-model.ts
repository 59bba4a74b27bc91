/** Catalogues that this library subscribes to, as screens and commands see them. */
import type { CataloguePiece, Manifest } from './manifest.ts';

export interface Catalogue {
  /** Its number in this library; its tracks carry it. */
  number: number;
  /** Of the manifest. */
  address: string;
  name: string;
  /** The version that is here in full; 0 until then. */
  version: number;
  /** Tracks in it, of which some may be the library's own. */
  tracks: number;
  /** The key that signs it, in hex. */
  key?: string;
  /** Hosts other than its own that may be asked for it. */
  hosts: string[];
  /** Look for news once a week. */
  weekly: boolean;
  /** When it was last looked for news, in milliseconds since 1970. */
  checked: number;
  /** Why the last time failed: the name of the error. */
  fault?: string;
}

/** What a manifest says, compared with what is here. */
export interface CatalogueNews extends Pick<Manifest, 'name' | 'version' | 'tracks' | 'seconds'> {
  /** The number, if this library subscribes to it. */
  number?: number;
  key?: string;
  missing: CataloguePiece[];
  missingBytes: number;
}

export interface CatalogueWishes {
  weekly?: boolean;
  hosts?: string[];
}

/** Of an update. */
export interface CatalogueTaken {
  number: number;
  added: number;
  removed: number;
}

/** The engine's part; `take-catalogue.ts` drives it. */
export interface Catalogues {
  list(): Promise<Catalogue[]>;
  /** Checks a manifest, and says what is missing here. Changes nothing. */
  preview(address: string, manifest: Uint8Array): Promise<CatalogueNews>;
  /** Subscribes, or begins an update. */
  begin(address: string, manifest: Uint8Array, wishes?: CatalogueWishes): Promise<CatalogueNews & { number: number }>;
  /** Adds the tracks of a piece, if its bytes match its name. */
  take(number: number, sha256: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** All pieces are here: removes the tracks that are no longer in it. */
  finish(number: number): Promise<CatalogueTaken>;
  /** Changes the user's settings for it, or notes why an update failed. */
  note(number: number, changes: CatalogueWishes & { fault?: string }): Promise<void>;
  /** Removes the catalogue and its tracks, for good. */
  unsubscribe(number: number): Promise<void>;
}
