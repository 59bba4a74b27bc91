import { type Fault, faultOf as plainFaultOf } from '../errors.ts';
import { isFromSystem, isWriting, readingRefused, writingRefused } from './system-error.ts';

/** Anything thrown in Node, as something that can be told to a person. */
export function faultOf(error: unknown): Fault {
  if (!isFromSystem(error)) return plainFaultOf(error);
  return isWriting(error)
    ? { name: 'FileUnwritable', message: writingRefused(error, error.path ?? '') }
    : { name: 'FileUnreadable', message: readingRefused(error) };
}
