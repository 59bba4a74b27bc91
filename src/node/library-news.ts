/** Passes changes from the process that writes the library to those that read it. */
import { type Notice, noOtherWriters, type OtherWriters } from '../library/shelf/other-writers.ts';

/** For the writer: passes every change to `announce`. */
export const tellReaders = (announce: (notice: Notice) => void): OtherWriters => ({ ...noOtherWriters(), announce });

/** For a reader: passes the changes given to `hear` to the library. */
export function followWriter(): { others: OtherWriters; hear(notice: Notice): void } {
  let listener: (notice: Notice) => void = () => {};
  const listen = (to: typeof listener) => {
    listener = to;
  };
  return { others: { ...noOtherWriters(), listen }, hear: (notice) => listener(notice) };
}
