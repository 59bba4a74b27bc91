/** Subscribes to a catalogue, and brings it up to date: fetches the pieces that are missing and hands them to the engine. */
import { faultOf, UserError } from '../errors.ts';
import type { BytesRead, FetchLimits } from './bounded-fetch.ts';
import type { Catalogue, CatalogueNews, Catalogues, CatalogueTaken, CatalogueWishes } from './catalogue-model.ts';
import { type CataloguePiece, MOST_MANIFEST_BYTES, manifestAddress, pieceAddress } from './manifest.ts';

/** Fetches the bytes at an address: `fetchWithin`, or a worker that calls it. */
export type Fetching = (address: string, limits: FetchLimits, read?: BytesRead) => Promise<Blob>;

interface TakeOptions extends CatalogueWishes {
  signal?: AbortSignal;
  /** Bytes of the pieces that were missing. */
  progress?(progress: { done: number; total: number }): void;
  /** How long to wait before a piece is asked for again. */
  retryMs?: readonly number[];
}

/** Pieces that are fetched at the same time: enough to hide the delay of a phone's connection. */
const AT_ONCE = 4;
/** Fetched pieces that may wait in memory to be taken: adding their tracks may be slower than the connection. */
const AHEAD = 8;
const RETRY_MS = [1000, 4000];
const WEEK_MS = 7 * 24 * 3_600_000;

export const isDue = ({ weekly, checked }: Catalogue, now = Date.now()) => weekly && now - checked > WEEK_MS;

/** Reads the catalogue at an address that the user typed, without subscribing. */
export async function lookAt(
  catalogues: Catalogues,
  fetching: Fetching,
  typed: string,
  hosts: string[] = [],
): Promise<CatalogueNews & { address: string }> {
  const address = manifestAddress(typed);
  return { ...(await catalogues.preview(address, await manifestAt(fetching, address, { hosts }))), address };
}

/** Takes all that is missing. After a failure, the pieces that are here stay, and the next call goes on from there. */
export async function takeCatalogue(
  catalogues: Catalogues,
  fetching: Fetching,
  typed: string,
  options: TakeOptions = {},
): Promise<CatalogueTaken> {
  const address = manifestAddress(typed);
  const known = (await catalogues.list()).find((each) => each.address === address);
  const hosts = [...new Set([...(known?.hosts ?? []), ...(options.hosts ?? [])])];
  const wishes = { ...(options.weekly !== undefined && { weekly: options.weekly }), ...(hosts.length && { hosts }) };
  const limits = { hosts, signal: options.signal };
  let number = known?.number;
  try {
    const begun = await catalogues.begin(address, await manifestAt(fetching, address, limits), wishes);
    number = begun.number;
    await takePieces(
      begun,
      async (piece, read) => {
        const bytes = await pieceAt(fetching, pieceAddress(address, piece.sha256), piece, limits, options, read);
        return () => catalogues.take(begun.number, piece.sha256, bytes);
      },
      options,
    );
    return await catalogues.finish(begun.number);
  } catch (error) {
    if (number !== undefined && !options.signal?.aborted) {
      await catalogues.note(number, { fault: faultOf(error).name }).catch(() => {}); // the first error says more
    }
    throw error;
  }
}

async function manifestAt(fetching: Fetching, address: string, limits: Partial<FetchLimits>): Promise<Uint8Array> {
  const blob = await fetching(address, { ...limits, mostBytes: MOST_MANIFEST_BYTES, cache: 'no-cache' });
  return new Uint8Array(await blob.arrayBuffer());
}

/** Asks again if the connection is cut. */
async function pieceAt(
  fetching: Fetching,
  address: string,
  { bytes }: CataloguePiece,
  limits: Pick<FetchLimits, 'hosts' | 'signal'>,
  { retryMs = RETRY_MS }: TakeOptions,
  read: BytesRead,
): Promise<Uint8Array<ArrayBuffer>> {
  for (const wait of [...retryMs, undefined]) {
    try {
      const blob = await fetching(address, { ...limits, mostBytes: bytes, cache: 'no-store' }, read);
      return new Uint8Array(await blob.arrayBuffer());
    } catch (error) {
      const isPassing = ['AddressUnreachable', 'AddressStalled'].includes(faultOf(error).name);
      if (wait === undefined || !isPassing || limits.signal?.aborted) throw error;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
  throw new UserError('AddressUnreachable', `Nothing could be downloaded from ${address}.`);
}

/** Fetches several pieces at a time and adds them one after the other as they arrive. The first failure stops everything. */
async function takePieces(
  { missing, missingBytes: total }: CatalogueNews,
  fetched: (piece: CataloguePiece, read: BytesRead) => Promise<() => Promise<void>>,
  { progress = () => {}, signal }: TakeOptions,
): Promise<void> {
  const waiting = [...missing];
  const read = new Map<CataloguePiece, number>();
  const tell = (piece: CataloguePiece, bytes: number) => {
    read.set(piece, bytes);
    progress({ done: [...read.values()].reduce((sum, count) => sum + count, 0), total });
  };
  let hasFailed = false;
  const failed = (error: unknown) => {
    hasFailed = true;
    throw error;
  };
  const taken: Promise<void>[] = [];
  const fetchOn = async () => {
    for (let piece = waiting.shift(); piece && !hasFailed; piece = waiting.shift()) {
      const { bytes } = piece;
      const now = piece;
      const take = await fetched(piece, (count) => tell(now, Math.min(bytes, count)));
      tell(piece, bytes);
      taken.push(takeAfter(taken.at(-1), take, signal).catch(failed));
      await taken.at(-1 - AHEAD);
    }
    await taken.at(-1);
  };
  const results = await Promise.allSettled(Array.from({ length: AT_ONCE }, () => fetchOn().catch(failed)));
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}

async function takeAfter(before: Promise<void> | undefined, take: () => Promise<void>, signal?: AbortSignal) {
  await before;
  signal?.throwIfAborted();
  await take();
}
