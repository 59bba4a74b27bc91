/**
 * The errors that a user can act on, by name. Comlink carries only the name and message of an error out of a worker, so errors are
 * distinguished by name. The code that shows an error adds the name of the file.
 */
export type FaultName =
  | 'FileEmpty'
  | 'FileUnreadable' // missing, changed while being read, not permitted, or not a regular file
  | 'FileUnwritable' // command line only: the system refuses, or the target is not a regular file
  | 'NotAudio' // nothing in it is a sound format we know
  | 'NoAudioTrack' // a video without sound
  | 'CodecMissing' // this browser cannot decode it
  | 'FileDamaged' // decoding failed before anything was heard
  | 'FileEncrypted'
  | 'FileTooLarge' // for the fallback decoder, which needs the whole file in memory
  | 'TooShort' // nothing to learn: silence or less than a second
  | 'StorageFull'
  | 'LibraryDamaged'
  | 'LibraryNewer' // written by a later version of the app
  | 'LibraryBusy' // another program is writing to it
  | 'LibraryWaiting' // other tabs with an older version of the app block an upgrade
  | 'LibraryOutdated' // another tab runs a newer version of the app, so this one had to close the library
  | 'LibraryGone' // the browser deleted the storage
  | 'LibraryForeign' // a folder that holds something else, or a library of a version that is no longer supported
  | 'LibraryClosed' // used after it was closed
  | 'BundleForeign'
  | 'BundleDamaged'
  | 'BundleNewer'
  | 'BundleOtherKernel'
  | 'BackupForeign'
  | 'LyricsForeign' // a file of lyrics that is no text
  | 'LyricsAlone' // no song has the name of this file of lyrics
  | 'MicrophoneRefused'
  | 'MicrophoneMissing'
  | 'MicrophoneBusy'
  | 'MicrophoneLost'
  | 'CaptureWithoutSound' // a tab or screen was shared without its sound
  | 'AddressUnreachable'
  | 'AddressTooLarge' // the server sends more than a bundle may hold
  | 'AddressStalled' // the download does not finish
  | 'AddressElsewhere' // it redirects to another host
  | 'CatalogueForeign' // what is at the address is no catalogue
  | 'CatalogueDamaged' // a list, a signature or a piece is not what it must be
  | 'CatalogueNewer'
  | 'CatalogueOlder' // than what is here
  | 'CatalogueKeyChanged' // signed with another key than before, or no longer
  | 'CatalogueUnchecked' // this browser cannot check signatures
  | 'CatalogueGone'; // unsubscribed meanwhile

/** How these names begin: a list of all names would be loaded before the app can listen. */
const NAMED =
  /^(File|NotAudio|NoAudio|Codec|TooShort|Storage|Library|Bundle|Backup|Microphone|Capture|Address|Catalogue|Lyrics)/;

/** An error that the user can act on. `message` is complete English sentences, without the name of the file. */
export class UserError extends Error {
  override readonly name: FaultName;
  constructor(name: FaultName, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = name;
  }
}

/** An error as plain data. */
export interface Fault {
  name: FaultName | 'Unexpected';
  message: string;
}

/** Converts anything that was thrown, here or in a worker. */
export function faultOf(error: unknown): Fault {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { name: NAMED.test(name) ? (name as FaultName) : 'Unexpected', message };
}
