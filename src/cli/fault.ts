import { type Fault, faultOf as plainFaultOf } from '../errors.ts';
import { isFromSystem, readingRefused } from './system-error.ts';

/** Anything thrown in Node, as something that can be told to a person. */
export function faultOf(error: unknown): Fault {
  return isFromSystem(error) ? { name: 'FileUnreadable', message: readingRefused(error) } : plainFaultOf(error);
}
