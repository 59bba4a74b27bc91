/** What is open while listening: the capture, the engine's session that hears it, and the line for its pictures. */
import type { Capture } from '../../../audio/capture/capture-stream.ts';
import type { Engine, Heard, Listening, ListenOptions } from '../../../engine/api.ts';
import { listenTo, PictureLine } from './capture.ts';

/** The level while no sound comes in. */
const SILENCE_DB = -120;

export class OpenListening {
  readonly #pictures = new PictureLine();
  #capture: Capture | undefined;
  #listening: Listening | undefined;

  /** Undefined until the engine listens. */
  get listening(): Listening | undefined {
    return this.#listening;
  }

  levelDb(): number {
    return this.#capture?.levelDb() ?? SILENCE_DB;
  }

  onPictures(receive: (pictures: MessagePort) => void): () => void {
    return this.#pictures.serve(receive, () => this.#listening);
  }

  open(capture: Capture): void {
    this.#capture = capture;
  }

  /** Has the engine listen to the open capture. If that is closed meanwhile, the engine's session ends. */
  async listen(engine: Engine, capture: Capture, options: ListenOptions, heard: (heard: Heard) => void): Promise<void> {
    const { listening, begin } = await listenTo(engine, capture, options, heard);
    if (capture === this.#capture) {
      this.#listening = listening;
      await this.#pictures.wire(listening);
    }
    if (capture === this.#capture) await begin();
    else void listening.stop();
  }

  /** Stops the capture. The engine's session goes on until the caller ends it. */
  close(): Listening | undefined {
    const listening = this.#listening;
    this.#capture?.stop();
    this.#capture = undefined;
    this.#listening = undefined;
    return listening;
  }
}
