import { type Fault, faultOf as plainFaultOf, UserError } from '../../errors.ts';
import { isFromSystem, isWriting, readingRefused, writingRefused } from './system-error.ts';

/** Converts anything thrown in Node to an error for the user. */
export function faultOf(error: unknown): Fault {
  if (!isFromSystem(error)) return plainFaultOf(error);
  return isWriting(error)
    ? { name: 'FileUnwritable', message: writingRefused(error, error.path ?? '') }
    : { name: 'FileUnreadable', message: readingRefused(error) };
}

/** The same object; what the system refuses is thrown as a `UserError`, as Comlink carries only name and message. */
export function tellable<T extends object>(object: T): T {
  return new Proxy(object, {
    get(target, name) {
      const value = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return async (...given: unknown[]) => {
        try {
          return await value.apply(target, given);
        } catch (error) {
          throw isFromSystem(error) ? errorOf(faultOf(error)) : error;
        }
      };
    },
  });
}

const errorOf = ({ name, message }: Fault): Error =>
  name === 'Unexpected' ? new Error(message) : new UserError(name, message);
