/**
 * Lets callbacks, abort signals and ports cross between page and worker. Both sides must call `install` first. Comlink only handles
 * whole arguments and results this way, not what is nested inside them.
 */
import { type TransferHandler, transferHandlers } from 'comlink';

const viaProxy = transferHandlers.get('proxy') as TransferHandler<object, MessagePort>;

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

const ports: TransferHandler<MessagePort, MessagePort> = {
  canHandle: (value): value is MessagePort => value instanceof MessagePort,
  serialize: (port) => [port, [port]],
  deserialize: (port) => port,
};

export function install(): void {
  transferHandlers.set('port', ports);
  transferHandlers.set('callback', callbacks);
  transferHandlers.set('abort-signal', abortSignals);
}
