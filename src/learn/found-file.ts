/** A file that a person chose, dropped or shared, with what is needed to open it again later. */
export interface FoundFile {
  file: File;
  /** Opens the file again on a later visit; not every browser gives one. */
  handle?: FileSystemFileHandle;
  /** What the person chose: the file or its folder. Permission is asked for that, not for each file. */
  chosen?: FileSystemHandle;
  /** It cannot be chosen again (another app handed it over): a copy is kept until it is learnt. */
  isKept?: boolean;
  /** The `.lrc` file of the same name. */
  lyrics?: File;
}
