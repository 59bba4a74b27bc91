/** Listens to a file, short or long, much faster than playing it, and tells which songs are in it, and where. */
import { openSound } from '../../audio/decode.ts';
import { lastResortOnPage } from '../../audio/decode-on-page.ts';
import { hearable } from '../../audio/rates.ts';
import type { Engine, Listening, Played, RecognizeOptions } from '../../engine/api.ts';
import type { Fault, FaultName } from '../../errors.ts';
import type { Pcm } from '../../types.ts';

export interface Recording {
  fileName: string;
  heardSeconds: number;
  /** As the file says, when it does. */
  seconds?: number;
  /** What was played, in its order; the last one may still go on. */
  played: Played[];
  isDone: boolean;
  fault?: Fault['name'];
}

/** Decoders hand out some hundredths of a second; so much goes to the engine at a time. */
const PART_SECONDS = 2;

export async function* listenToFile(
  engine: Pick<Engine, 'listen'>,
  file: File,
  options: RecognizeOptions,
): AsyncGenerator<Recording> {
  let now: Recording = { fileName: file.name, heardSeconds: 0, played: [], isDone: false };
  yield now;
  let listening: Listening | undefined;
  try {
    const sound = await openSound(file, { lastResort: lastResortOnPage(file) });
    try {
      for await (const { samples, sampleRate } of partsOf(hearable(sound.blocks()))) {
        listening ??= await engine.listen(sampleRate, { ...options, continuous: true }, () => {});
        await listening.push(samples);
        const played = await listening.tracks();
        const heardSeconds = now.heardSeconds + samples.length / sampleRate;
        now = { ...now, seconds: sound.seconds, heardSeconds, played };
        yield now;
      }
      await listening?.conclude();
      yield { ...now, played: (await listening?.tracks()) ?? [], isDone: true };
    } finally {
      sound.close();
    }
  } catch (error) {
    console.error(error);
    yield { ...now, isDone: true, fault: (error as Error).name as FaultName };
  } finally {
    void listening?.stop();
  }
}

/** The same sound in larger parts. */
export async function* partsOf(blocks: AsyncIterable<Pcm>): AsyncGenerator<Pcm> {
  let waiting: Float32Array[] = [];
  let length = 0;
  let sampleRate = 0;
  const whole = (): Pcm => {
    const samples = new Float32Array(length);
    let filled = 0;
    for (const block of waiting) {
      samples.set(block, filled);
      filled += block.length;
    }
    waiting = [];
    length = 0;
    return { samples, sampleRate };
  };
  for await (const block of blocks) {
    ({ sampleRate } = block);
    waiting.push(block.samples);
    length += block.samples.length;
    if (length >= PART_SECONDS * sampleRate) yield whole();
  }
  if (length > 0) yield whole();
}
