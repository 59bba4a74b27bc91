/** Does the jobs: decodes, recognises and learns, with a library that is opened read-only. */
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Listening } from '../../engine/api.ts';
import { hearFile } from '../../learn/hear-file.ts';
import { pipedSound } from '../../node/decode/ffmpeg-stream.ts';
import { openSoundStream, sourceAt, withAdvice } from '../../node/decode/open-file.ts';
import { hearableStream, readSound, type SoundStream } from '../../node/decode/raw-sound.ts';
import type { Library } from '../../node/package.ts';
import { recognizeStream } from '../../node/recognize/recognize-stream.ts';
import { type ListenEvent, matchAnswer, playedAnswer, recognizeAnswer, tracklistAnswer } from '../answers.ts';
import type { JobContext, JobKind, JobTypes, UploadedSound } from './jobs.ts';
import { SettledPlayed } from './settled-played.ts';

export type Do = {
  [K in JobKind]: (asked: JobTypes[K]['asked'], context: JobContext) => Promise<JobTypes[K]['answer']>;
};

/** An unchanged state is reported once a second. */
const TELL_SECONDS = 1;
/** How often to look which tracks are over. */
const LOOK_SECONDS = 2;

export function jobsOf(library: Library, kernel: Promise<WebAssembly.Module>): Omit<Do, 'find'> {
  const host = { kernel, known: (contentId: string) => library.known(contentId) };
  return {
    async recognize({ sound, top, sure, seconds }, { signal }) {
      const begun = performance.now();
      const stream = await opened(sound, signal);
      const openMs = performance.now() - begun;
      const { recognition, decodeMs } = await recognizeStream(library, stream, {
        threshold: sure,
        others: top,
        seconds,
        signal,
      });
      return recognizeAnswer(recognition, openMs + decodeMs, top);
    },

    async peaks({ path, top, sure }, { signal }) {
      const recognition = await library.recognizePeaks(await readFile(path), { threshold: sure, others: top }, signal);
      return recognizeAnswer(recognition, 0, top);
    },

    async tracklist({ sound, sure }, { signal }) {
      const { sampleRate, seconds, blocks } = await opened(sound, signal);
      const analysing = await library.analyse(sampleRate, { threshold: sure, expectedSeconds: seconds });
      try {
        for await (const block of blocks) {
          signal?.throwIfAborted();
          await analysing.push(block);
        }
        return tracklistAnswer(await analysing.finish());
      } finally {
        await analysing.stop();
      }
    },

    async learn({ path, name, limitSeconds }) {
      const source = { ...(await sourceAt(path)), name };
      const heard = await hearFile(source, host, { limitSeconds }, () => {}).catch(withAdvice);
      if ('known' in heard) return heard;
      const { cover, ...rest } = heard.learnt;
      const bytes = cover && { type: cover.type, bytes: new Uint8Array(await cover.arrayBuffer()) };
      return { learnt: rest, cover: bytes, endsEarly: heard.endsEarly !== undefined };
    },

    async listen({ bare, sure }, { signal, sound = nothing(), tell = () => {} }) {
      const stream = bare ? hearableStream(await readSound(sound, bare)) : await pipedSound(sound);
      const teller = new Teller(tell);
      const plays = new PlayTeller(tell);
      // Unknown music searched at all speeds would cost many times what the stream does otherwise.
      const options = { continuous: true, threshold: sure, otherSpeeds: false };
      const listening = await library.listen(stream.sampleRate, options, (heard) => teller.hear(heard));
      await feed(listening, stream.blocks, signal, () => plays.look(listening, teller.seconds));
      await plays.look(listening, Infinity);
      return { seconds: teller.seconds };
    },
  };
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

async function opened({ path, bare }: UploadedSound, signal?: AbortSignal): Promise<SoundStream> {
  return bare ? hearableStream(await readSound(createReadStream(path), bare)) : openSoundStream(path, signal);
}

async function feed(
  listening: Listening,
  blocks: AsyncIterable<Float32Array>,
  signal: AbortSignal | undefined,
  pushed: () => Promise<void>,
): Promise<void> {
  try {
    for await (const block of blocks) {
      signal?.throwIfAborted();
      await listening.push(block);
      await pushed();
    }
    await listening.conclude();
  } finally {
    await listening.stop();
  }
}

/** Tells each track as soon as it is over: when the next one has begun, or a minute after its end. */
class PlayTeller {
  private readonly settled = new SettledPlayed();
  private looked = 0;

  constructor(private readonly tell: (event: ListenEvent) => void) {}

  /** `seconds`: sound heard so far, or Infinity at the end. */
  async look(listening: Listening, seconds: number): Promise<void> {
    if (seconds < this.looked + LOOK_SECONDS) return;
    this.looked = seconds;
    for (const over of this.settled.take(await listening.tracks(), seconds))
      this.tell({ event: 'played', ...playedAnswer(over) });
  }
}

/** Drops most of the states that a session sends four times a second. */
class Teller {
  seconds = 0;
  private last: { state: string; track?: number; seconds: number } = { state: '', seconds: 0 };

  constructor(private readonly tell: (event: ListenEvent) => void) {}

  hear(heard: Parameters<Parameters<Library['listen']>[2]>[0]): void {
    const { seconds, state, levelDb, match } = heard;
    this.seconds = seconds;
    const track = match?.track.id;
    const isNews = state !== this.last.state || track !== this.last.track;
    if (!isNews && seconds < this.last.seconds + TELL_SECONDS) return;
    this.last = { state, track, seconds };
    const place = match && matchAnswer({ ...match, offsetSeconds: match.positionSeconds });
    this.tell({ event: 'state', seconds, state, levelDb: Math.round(levelDb), match: place });
  }
}
