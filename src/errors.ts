/**
 * The few things that can go wrong for a person, by name. Comlink carries only an error's name and message from a
 * worker, so errors are told apart by name; whoever shows one adds what it knows (the file) and the next step.
 */
const faultNames = [
  'FileEmpty',
  'FileUnreadable', // gone, changed while being read, not permitted, or no plain file
  'FileUnwritable', // command line only: the system refuses, or what is there is no plain file
  'NotAudio', // nothing in it is sound we know
  'NoAudioTrack', // a video without sound
  'CodecMissing', // this browser cannot decode it
  'FileDamaged', // decoding failed before anything was heard
  'FileEncrypted',
  'FileTooLarge', // for the fallback that needs it in memory
  'TooShort', // nothing to learn: silence or less than a second
  'StorageFull',
  'LibraryDamaged',
  'LibraryNewer', // written by a later version of the app
  'LibraryBusy', // another program writes
  'LibraryWaiting', // other tabs, with an older version of the app, hold up an upgrade
  'LibraryOutdated', // another tab has a newer version of the app, and this one had to let go
  'LibraryGone', // the browser took the storage away
  'LibraryForeign', // a folder that holds something else, or a library of a version that is not read any more
  'LibraryClosed', // used after it was closed
  'BundleForeign',
  'BundleDamaged',
  'BundleNewer',
  'BundleOtherKernel',
  'MicrophoneRefused',
  'MicrophoneMissing',
  'MicrophoneBusy',
  'MicrophoneLost',
  'CaptureWithoutSound', // a tab or screen was shared without its sound
  'AddressUnreachable',
  'AddressTooLarge', // it sends more than a bundle may hold
  'AddressStalled', // it does not come to an end
] as const;

export type FaultName = (typeof faultNames)[number];

/** A fault that a person can act on. `message` is a whole English sentence, without the file's name. */
export class UserError extends Error {
  override readonly name: FaultName;
  constructor(name: FaultName, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = name;
  }
}

/** A fault as plain data. */
export interface Fault {
  name: FaultName | 'Unexpected';
  message: string;
}

/** Of anything that was thrown, here or beyond a worker. */
export function faultOf(error: unknown): Fault {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { name: faultNames.find((known) => known === name) ?? 'Unexpected', message };
}
