/**
 * The typed client of the service, for browsers and Node: `import { EntenduClient } from 'entendu/client'`. It only needs fetch.
 *
 *     const entendu = new EntenduClient('http://127.0.0.1:7700', { token });
 *     const { matches } = await entendu.recognize(file);
 */
import type { AddedAnswer, ListenEvent, RecognizeAnswer, TrackAnswer, TracklistAnswer } from '../answers.ts';
import type { PlayCount } from '../watch/reports.ts';
import type { Play } from '../watch/station-play.ts';
import { eventsIn } from './event-stream.ts';

export type * from '../answers.ts';
export type { Play, PlayCount };

/** A body for fetch: a Blob or File, bytes, or a stream. */
export type Body = Blob | ArrayBuffer | Uint8Array | ReadableStream<Uint8Array>;

/** Samples without a header, little-endian. */
export interface BareSamples {
  rate?: number;
  channels?: number;
  encoding?: 's16' | 'u8' | 's8' | 's24' | 's32' | 'f32' | 'f64' | 'ulaw' | 'alaw';
}

export interface Asked extends BareSamples {
  /** How many answers and other candidates to return. */
  top?: number;
  /** Lowest confidence of an answer, 0 to 1. */
  sure?: number;
  signal?: AbortSignal;
}

export interface TrackTags {
  title?: string;
  artist?: string;
  album?: string;
  year?: number;
  trackNumber?: number;
}

export interface TracksAsked {
  search?: string;
  sort?: 'title' | 'artist' | 'album' | 'added' | 'seconds';
  descending?: boolean;
  offset?: number;
  limit?: number;
}

export interface PlaysAsked {
  /** Days or times, ISO 8601. */
  from?: string;
  until?: string;
  station?: string;
  track?: number;
  offset?: number;
  limit?: number;
  signal?: AbortSignal;
}

/** An error reported by the service. `message` says what to do. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  constructor(
    readonly status: number,
    /** The kind of problem, such as `NotAudio` or `Busy`. */
    readonly code: string,
    message: string,
    /** Seconds after which another try may succeed. */
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
  }
}

type Fetch = (address: string, init: RequestInit) => Response | Promise<Response>;

export class EntenduClient {
  private readonly token?: string;
  private readonly fetch: Fetch;

  constructor(
    private readonly address: string,
    options: { token?: string; fetch?: Fetch } = {},
  ) {
    this.token = options.token;
    this.fetch = options.fetch ?? ((address, init) => fetch(address, init));
  }

  recognize(sound: Body, asked: Asked & { seconds?: number } = {}): Promise<RecognizeAnswer> {
    return this.send('POST', '/v1/recognize', asked, sound);
  }

  /** `clip`: a sound packed by `packClip`, so that the sound itself is not uploaded. */
  recognizePrint(clip: Body, asked: Pick<Asked, 'top' | 'sure' | 'signal'> = {}): Promise<RecognizeAnswer> {
    return this.send('POST', '/v1/recognize/print', asked, clip);
  }

  tracklist(recording: Body, asked: Omit<Asked, 'top'> = {}): Promise<TracklistAnswer> {
    return this.send('POST', '/v1/tracklist', asked, recording);
  }

  /** Recognises a stream while it plays. */
  async *listen(stream: Body, asked: Omit<Asked, 'top'> = {}): AsyncGenerator<ListenEvent, void> {
    const response = await this.ask('POST', '/v1/listen', asked, stream);
    if (response.body) yield* eventsIn(response.body);
  }

  tracks(asked: TracksAsked & { signal?: AbortSignal } = {}): Promise<{ total: number; tracks: TrackAnswer[] }> {
    return this.send('GET', '/v1/tracks', asked);
  }

  track(id: number): Promise<TrackAnswer> {
    return this.send('GET', `/v1/tracks/${id}`);
  }

  async cover(id: number): Promise<Blob> {
    return (await this.ask('GET', `/v1/tracks/${id}/cover`)).blob();
  }

  addTrack(
    file: Body,
    asked: TrackTags & { fileName?: string; limitSeconds?: number; evenIfSimilar?: boolean; signal?: AbortSignal } = {},
  ): Promise<AddedAnswer> {
    return this.send('POST', '/v1/tracks', asked, file);
  }

  /** null deletes. */
  editTrack(
    id: number,
    changes: { [K in keyof TrackTags]?: TrackTags[K] | null } & { enabled?: boolean },
  ): Promise<TrackAnswer> {
    return this.send('PATCH', `/v1/tracks/${id}`, {}, JSON.stringify(changes));
  }

  async removeTrack(id: number): Promise<void> {
    await this.ask('DELETE', `/v1/tracks/${id}`);
  }

  /** The plays of stations recorded by "entendu watch". */
  plays(asked: PlaysAsked = {}): Promise<{ total: number; plays: Play[] }> {
    return this.send('GET', '/v1/plays', asked);
  }

  /** The same, summed by song and station. */
  songPlays(asked: PlaysAsked = {}): Promise<{ total: number; songs: PlayCount[] }> {
    return this.send('GET', '/v1/plays', { ...asked, group: 'song' });
  }

  /** The whole library, as one file. */
  async exportBundle(): Promise<Blob> {
    return (await this.ask('GET', '/v1/bundle')).blob();
  }

  importBundle(bundle: Body): Promise<{ added: number; known: number }> {
    return this.send('POST', '/v1/bundle', {}, bundle);
  }

  private async send<T>(method: string, path: string, query?: object, body?: Body | string): Promise<T> {
    return (await this.ask(method, path, query, body)).json() as Promise<T>;
  }

  private async ask(method: string, path: string, query: object = {}, body?: Body | string): Promise<Response> {
    const { signal, ...asked } = query as { signal?: AbortSignal };
    const words = Object.entries(asked).filter(([, value]) => value !== undefined);
    const search = new URLSearchParams(words.map(([name, value]) => [name, String(value)])).toString();
    const headers: Record<string, string> = {};
    if (this.token) headers.Authorization = `Bearer ${this.token}`;
    if (body !== undefined)
      headers['Content-Type'] = typeof body === 'string' ? 'application/json' : 'application/octet-stream';
    // Streams are uploaded while the answer is being downloaded.
    const streaming = body instanceof ReadableStream ? { duplex: 'half' } : {};
    const init = { method, headers, signal, body: body as BodyInit | undefined, ...streaming } satisfies RequestInit & {
      duplex?: string;
    };
    const response = await this.fetch(`${this.address}${path}${search && `?${search}`}`, init);
    if (!response.ok) throw await errorOf(response);
    return response;
  }
}

async function errorOf(response: Response): Promise<ServiceError> {
  const { status, statusText } = response;
  const problem = (await response.json().catch(() => ({}))) as { type?: string; detail?: string };
  const retry = Number(response.headers.get('Retry-After')) || undefined;
  const code = problem.type?.split(':').at(-1) ?? String(status);
  return new ServiceError(status, code, problem.detail ?? `The service answered ${status} ${statusText}.`, retry);
}
