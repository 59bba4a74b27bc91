/** The process that writes the library tells the others what it changed. */
import { type Notice, noOtherWriters, type OtherWriters } from '../../library/shelf/other-writers.ts';

/** For the writer: every change goes to `announce`. */
export const tellReaders = (announce: (notice: Notice) => void): OtherWriters => ({ ...noOtherWriters(), announce });

/** For a reader: what `hear` is given goes to the library. */
export function followWriter(): { others: OtherWriters; hear(notice: Notice): void } {
  let listener: (notice: Notice) => void = () => {};
  const listen = (to: typeof listener) => {
    listener = to;
  };
  return { others: { ...noOtherWriters(), listen }, hear: (notice) => listener(notice) };
}
