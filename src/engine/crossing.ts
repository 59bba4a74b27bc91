/**
 * What crosses between page and worker beside plain data: callbacks, abort signals and listening sessions. Both sides
 * call `install` before they talk. Comlink looks only at whole arguments and results, never inside them.
 */
import { proxy, type TransferHandler, transferHandlers } from 'comlink';

const viaProxy = transferHandlers.get('proxy') as TransferHandler<object, MessagePort>;

/** An object of methods that stays on its side and is called from the other. */
export function remote<T extends object>(target: T): T {
  return proxy(target);
}

const callbacks: TransferHandler<object, MessagePort> = {
  canHandle: (value): value is object => typeof value === 'function',
  serialize: viaProxy.serialize,
  deserialize: viaProxy.deserialize,
};

const abortSignals: TransferHandler<AbortSignal, MessagePort | null> = {
  canHandle: (value): value is AbortSignal => value instanceof AbortSignal,
  serialize(signal) {
    const { port1, port2 } = new MessageChannel();
    const tell = () => port1.postMessage('abort');
    if (signal.aborted) tell();
    else signal.addEventListener('abort', tell, { once: true });
    return [port2, [port2]];
  },
  deserialize(port) {
    const controller = new AbortController();
    if (port) port.onmessage = () => controller.abort();
    return controller.signal;
  },
};

export function install(): void {
  transferHandlers.set('callback', callbacks);
  transferHandlers.set('abort-signal', abortSignals);
}
