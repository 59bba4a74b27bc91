/** A recognizer's library that subscribes to a catalogue. */
import { fetchWithin } from '../catalogue/bounded-fetch.ts';
import { manifestAddress } from '../catalogue/manifest.ts';
import { takeCatalogue } from '../catalogue/take-catalogue.ts';
import type { Engine, Heard } from '../engine/api.ts';

const DAY_MS = 24 * 3_600_000;

/** Waits for the catalogue only if it is not here in full yet. */
export async function withCatalogue(engine: Engine, address: string, signal: AbortSignal): Promise<Engine> {
  const here = (await engine.catalogues.list()).find((each) => each.address === manifestAddress(address));
  if (!here || here.version === 0) {
    await takeCatalogue(engine.catalogues, fetchWithin, address, { signal });
  } else if (Date.now() - here.checked > DAY_MS) {
    takeCatalogue(engine.catalogues, fetchWithin, address, { signal }).catch((error) =>
      console.warn(`${address} could not be brought up to date`, error),
    );
  }
  return engine;
}

/** While songs are still arriving, none of them is reported as missing. */
export async function* patient(states: AsyncIterable<Heard>, ready: Promise<void>): AsyncGenerator<Heard, void> {
  let isHere = false;
  let fault: unknown;
  let isNoneDue = false;
  ready.then(
    () => (isHere = true),
    (error) => (fault = error),
  );
  for await (const heard of states) {
    if (fault) throw fault;
    if (heard.state === 'none') isNoneDue = true;
    if (heard.state === 'found') isNoneDue = false;
    const isNone = isNoneDue && isHere && !heard.match;
    if (isNone) isNoneDue = false;
    yield heard.state === 'none' || isNone ? { ...heard, state: isNone ? 'none' : 'listening' } : heard;
  }
}
