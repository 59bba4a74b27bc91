/** Errors as problem+json (RFC 9457): a title, and a sentence that says what to do. */
import type { Fault, FaultName } from '../../errors.ts';
import { faultOf } from '../../node/system/node-fault.ts';
import { ProcessLost } from '../workers/worker-process.ts';

type Status = 400 | 401 | 403 | 404 | 405 | 408 | 411 | 413 | 415 | 422 | 429 | 500 | 503 | 507;

const TITLES: Record<Status, string> = {
  400: 'The request is not understood',
  401: 'A token is needed',
  403: 'The token does not allow this',
  404: 'There is no such thing here',
  405: 'This cannot be done here',
  408: 'The upload took too long',
  411: 'Nothing was sent',
  413: 'Too much was sent',
  415: 'This kind of data is not read',
  422: 'What was sent cannot be used',
  429: 'Too many requests',
  500: 'Something went wrong here',
  503: 'Not ready',
  507: 'The disk is full',
};

interface ProblemBody {
  type: string;
  title: string;
  status: number;
  detail: string;
}

export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(
    readonly status: Status,
    readonly detail: string,
    /** Identifies the problem for programs. */
    readonly code: string = String(status),
    readonly retryAfterSeconds?: number,
  ) {
    super(detail);
  }

  static busy = (why: string) => new Problem(429, `${why} Try again in a second.`, 'Busy', 1);
  static stopping = () => new Problem(503, 'The service is stopping. Try again in a few seconds.', 'Stopping', 5);
  static unknown = (what: string) => new Problem(404, what, 'Unknown');

  body(): ProblemBody {
    const { status, detail, code } = this;
    return { type: `urn:entendu:problem:${code}`, title: TITLES[status], status, detail };
  }

  response(): Response {
    const headers = new Headers({ 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' });
    if (this.status === 401) headers.set('WWW-Authenticate', 'Bearer');
    if (this.retryAfterSeconds) headers.set('Retry-After', String(this.retryAfterSeconds));
    return new Response(JSON.stringify(this.body()), { status: this.status, headers });
  }
}

const STATUS: Partial<Record<FaultName, Status>> = {
  FileEmpty: 422,
  NotAudio: 415,
  CodecMissing: 415,
  NoAudioTrack: 422,
  FileDamaged: 422,
  FileEncrypted: 422,
  FileTooLarge: 413,
  TooShort: 422,
  BundleForeign: 415,
  BundleDamaged: 422,
  BundleNewer: 422,
  BundleOtherKernel: 422,
  StorageFull: 507,
  AddressUnreachable: 503,
  LibraryBusy: 503,
  LibraryClosed: 503,
  LibraryDamaged: 503,
  LibraryForeign: 503,
  LibraryNewer: 503,
};

/** Converts anything that was thrown. Details of unexpected errors go to the log, not to the caller. */
export function problemOf(error: unknown, log: (error: unknown) => void): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof ProcessLost)
    return new Problem(422, 'What was sent brought down the process that read it. Send it in another format.', 'Crash');
  const fault = faultOf(error);
  const status = fault.name === 'Unexpected' ? undefined : STATUS[fault.name];
  if (status) return new Problem(status, advised(fault), fault.name, status === 503 ? 5 : undefined);
  log(error);
  return new Problem(500, 'It was noted in the log of the service. Trying again may help.', 'Unexpected');
}

const ADVICE: Partial<Record<FaultName, string>> = {
  NotAudio: 'Send the sound or video file itself as the body of the request, or samples with ?rate=.',
  CodecMissing: 'Send it in another format, such as WAV or FLAC.',
  FileDamaged: 'Send the file again, or in another format.',
  FileEmpty: 'Send the file as the body of the request.',
  TooShort: 'Send a few seconds of music.',
};

function advised({ name, message }: Fault): string {
  const advice = name === 'Unexpected' ? undefined : ADVICE[name];
  return advice ? `${message} ${advice}` : message;
}
