/** Listens to a source of the page, as a stream of states. */
import { type Capture, capture, openContext } from '../audio/capture/capture-stream.ts';
import { openMicrophone } from '../audio/capture/microphone.ts';
import { openTab } from '../audio/capture/tab.ts';
import type { Engine, Heard, ListenOptions } from '../engine/api.ts';
import { UserError } from '../errors.ts';

/** A media element keeps playing to the loudspeaker; the tracks of a stream are not stopped. */
export type SoundSource = 'microphone' | 'tab' | MediaStream | HTMLMediaElement;

/** Call it within a tap or a click if the source asks for permission. */
export async function* hear(
  engine: Engine,
  source: SoundSource,
  options: ListenOptions,
  signal?: AbortSignal,
): AsyncGenerator<Heard, void> {
  const states = new StateQueue<Heard>();
  const events = { ended: (fault: UserError) => states.end(fault), interrupted: () => {} };
  const sound = await open(source, events);
  if (!sound) return; // the person closed the browser's dialog
  const stop = () => states.end();
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted) stop();
  try {
    const { port1, port2 } = new MessageChannel();
    sound.connect(port2);
    const listening = await engine.listen(sound.sampleRate, options, (heard) => states.put(heard));
    try {
      await listening.connect(port1);
      yield* states;
    } finally {
      await listening.stop();
    }
  } finally {
    signal?.removeEventListener('abort', stop);
    sound.stop();
  }
}

type Events = Parameters<typeof capture>[2];

async function open(source: SoundSource, events: Events): Promise<Capture | undefined> {
  if (source === 'microphone') return openMicrophone(events);
  if (source === 'tab') return openTab(events);
  return capture(copied(source instanceof MediaStream ? source : streamOf(source)), openContext(), events);
}

/** A copy, whose tracks can be stopped without stopping those of the page. */
function copied(stream: MediaStream): MediaStream {
  const tracks = stream.getAudioTracks();
  if (tracks.length === 0) throw new UserError('CaptureWithoutSound', 'There is no sound in it.');
  return new MediaStream(tracks.map((track) => track.clone()));
}

type Capturing = HTMLMediaElement & { captureStream?(): MediaStream; mozCaptureStream?(): MediaStream };

function streamOf(element: Capturing): MediaStream {
  const stream = element.captureStream?.() ?? element.mozCaptureStream?.();
  if (!stream) throw new UserError('CaptureWithoutSound', 'This browser does not let a page hear what it plays.');
  return stream;
}

/** States that were not read yet. */
class StateQueue<T> {
  private readonly states: T[] = [];
  private isOver = false;
  private fault: unknown;
  private wake = () => {};

  put(state: T): void {
    this.states.push(state);
    this.wake();
  }

  end(fault?: unknown): void {
    this.isOver = true;
    this.fault ??= fault;
    this.wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void> {
    for (;;) {
      while (this.states.length > 0) yield this.states.shift() as T;
      if (this.isOver) break;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    if (this.fault) throw this.fault;
  }
}
