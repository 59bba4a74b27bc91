/** Listens to a file, short or long, and tells which songs are in it, and where. */
import { openSound } from '../../audio/decode.ts';
import type { Engine, RecognizeOptions } from '../../engine/api.ts';
import type { Fault, FaultName } from '../../errors.ts';
import type { Match, Pcm } from '../../types.ts';

/** A stretch of the file in which one song sounds. */
export interface FilePiece {
  match: Match;
  fromSeconds: number;
  toSeconds: number;
}

export interface Recording {
  fileName: string;
  heardSeconds: number;
  /** As the file says, when it does. */
  seconds?: number;
  pieces: FilePiece[];
  isDone: boolean;
  fault?: Fault['name'];
}

/** What is judged at a time, and how far the next judgement lies: each second of a long file is heard twice. */
const WINDOW_SECONDS = 10;
const STEP_SECONDS = 5;

export async function* listenToFile(
  engine: Pick<Engine, 'recognize'>,
  file: File,
  options: RecognizeOptions,
): AsyncGenerator<Recording> {
  let now: Recording = { fileName: file.name, heardSeconds: 0, pieces: [], isDone: false };
  yield now;
  try {
    const sound = await openSound(file);
    try {
      for await (const { window, fromSeconds } of windowsOf(sound.blocks())) {
        const { matches } = await engine.recognize(window, options);
        const toSeconds = fromSeconds + window.samples.length / window.sampleRate;
        const pieces = matches.reduce((all, match) => joined(all, { match, fromSeconds, toSeconds }), now.pieces);
        now = { ...now, seconds: sound.seconds, heardSeconds: toSeconds, pieces };
        yield now;
      }
    } finally {
      sound.close();
    }
    yield { ...now, isDone: true };
  } catch (error) {
    console.error(error);
    yield { ...now, isDone: true, fault: (error as Error).name as FaultName };
  }
}

/** Cuts a stream of blocks into windows that overlap; the last one is as long as what is left. */
export async function* windowsOf(blocks: AsyncIterable<Pcm>): AsyncGenerator<{ window: Pcm; fromSeconds: number }> {
  let kept = new Float32Array(0);
  let sampleRate = 0;
  let dropped = 0;
  let isJudged = true;
  for await (const block of blocks) {
    sampleRate = block.sampleRate;
    const longer = new Float32Array(kept.length + block.samples.length);
    longer.set(kept);
    longer.set(block.samples, kept.length);
    kept = longer;
    isJudged = false;
    const [length, step] = [WINDOW_SECONDS * sampleRate, STEP_SECONDS * sampleRate];
    while (kept.length >= length) {
      yield { window: { samples: kept.slice(0, length), sampleRate }, fromSeconds: dropped / sampleRate };
      kept = kept.slice(step);
      dropped += step;
      isJudged = kept.length <= length - step;
    }
  }
  if (!isJudged) yield { window: { samples: kept, sampleRate }, fromSeconds: dropped / sampleRate };
}

/** A window that has the same song as one before, at the place where that would be by now, makes its piece longer. */
function joined(pieces: FilePiece[], next: FilePiece): FilePiece[] {
  const place = ({ match, fromSeconds }: FilePiece) => match.offsetSeconds - fromSeconds * match.speed;
  const before = pieces.findLast(
    (piece) =>
      piece.match.track.id === next.match.track.id &&
      next.fromSeconds <= piece.toSeconds + STEP_SECONDS &&
      Math.abs(place(piece) - place(next)) < 2,
  );
  if (!before) return [...pieces, next];
  const confidence = Math.max(next.match.confidence, before.match.confidence);
  const longer = { ...before, toSeconds: next.toSeconds, match: { ...before.match, confidence } };
  return pieces.map((piece) => (piece === before ? longer : piece));
}
