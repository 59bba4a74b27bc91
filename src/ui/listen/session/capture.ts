/** Sound on its way from a source to the engine, with the ports past the page for samples and pictures. */
import type { Capture, CaptureEvents } from '../../../audio/capture/capture-stream.ts';
import { openMicrophone } from '../../../audio/capture/microphone.ts';
import { openTab } from '../../../audio/capture/tab.ts';
import type { Engine, Heard, Listening, ListenOptions } from '../../../engine/api.ts';
import type { LiveSource } from './listening-state.ts';

/** `undefined` if the user cancelled. */
export const openSource = (
  source: LiveSource,
  events: CaptureEvents,
  microphone: string | undefined,
): Promise<Capture | undefined> => (source === 'tab' ? openTab(events) : openMicrophone(events, microphone));

/** The engine's side of a capture: what is heard until the engine listens waits in the port. */
export async function listenTo(
  engine: Pick<Engine, 'listen'>,
  capture: Capture,
  options: ListenOptions,
  heard: (heard: Heard) => void,
): Promise<{ listening: Listening; begin(): Promise<void> }> {
  const { port1, port2 } = new MessageChannel();
  capture.connect(port2);
  const listening = await engine.listen(capture.sampleRate, options, heard);
  return { listening, begin: async () => listening.connect(port1) };
}

type Receiver = (pictures: MessagePort) => void;

/** Who draws the pictures of the session that runs. Only the latest receiver is served. */
export class PictureLine {
  #receive: Receiver | undefined;

  async wire(listening: Listening): Promise<void> {
    if (!this.#receive) return;
    const { port1, port2 } = new MessageChannel();
    this.#receive(port2);
    await listening.sendPictures(port1);
  }

  /** `running` gives the session of this moment. Returns what ends it. */
  serve(receive: Receiver, running: () => Listening | undefined): () => void {
    this.#receive = receive;
    const listening = running();
    if (listening) void this.wire(listening);
    return () => {
      if (this.#receive !== receive) return;
      this.#receive = undefined;
      void running()?.sendPictures();
    };
  }
}
