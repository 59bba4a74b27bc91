import { type Fault, faultOf as plainFaultOf } from '../errors.ts';
import { wordsOf } from './walk.ts';

const isFromSystem = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'code' in error && 'syscall' in error;

/** Anything thrown in Node, as something that can be told to a person. */
export function faultOf(error: unknown): Fault {
  return isFromSystem(error) ? { name: 'FileUnreadable', message: wordsOf(error) } : plainFaultOf(error);
}
