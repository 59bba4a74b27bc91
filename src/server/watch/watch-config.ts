/** Reads the configuration file of `entendu watch`. Everything is validated; errors name the wrong entry. */
import { UserError } from '../../errors.ts';
import { readSmallFile } from '../../node/system/small-file.ts';
import { nameOfSource, type StationSource, sourceOf } from './station-source.ts';
import type { WatchedEntry } from './watch-list.ts';
import type { Webhook } from './webhooks.ts';

export interface StationConfig {
  name: string;
  source: StationSource;
}

export interface WatchConfig {
  stations: StationConfig[];
  webhooks: Webhook[];
  watchList: WatchedEntry[];
  silenceSeconds?: number;
  /** A stream without data for this long is connected again. */
  stallSeconds?: number;
  sure?: number;
}

const EVENTS = ['play', 'watched', 'silent', 'sound', 'connected', 'lost'];
const LEAST_SECRET = 16;

export function readConfig(path: string): WatchConfig {
  const text = readSmallFile(path);
  const wrong = (why: string) => new UserError('FileDamaged', `${path}: ${why}`);
  try {
    return configOf(JSON.parse(text), wrong);
  } catch (error) {
    if (error instanceof SyntaxError) throw wrong(`It is not JSON: ${error.message}.`);
    throw error;
  }
}

type Wrong = (why: string) => Error;

export function configOf(value: unknown, wrong: Wrong): WatchConfig {
  if (!isObject(value)) throw wrong('It must hold an object, as {"stations": [...]}.');
  const { stations = [], webhooks = [], watchList = [], silenceSeconds, stallSeconds, sure, ...more } = value;
  const [unknown] = Object.keys(more);
  if (unknown)
    throw wrong(
      `There is no "${unknown}" here. There are stations, webhooks, watchList, silenceSeconds, stallSeconds and sure.`,
    );
  if (!Array.isArray(stations) || !Array.isArray(webhooks) || !Array.isArray(watchList))
    throw wrong('stations, webhooks and watchList must be lists.');
  if (!watchList.every((entry) => Number.isInteger(entry) || (typeof entry === 'string' && entry.trim() !== '')))
    throw wrong('watchList must hold numbers of tracks, or words of artists and titles.');
  return {
    stations: named(
      stations.map((station) => stationOf(station, wrong)),
      wrong,
    ),
    webhooks: webhooks.map((hook) => webhookOf(hook, wrong)),
    watchList,
    silenceSeconds: numberIn('silenceSeconds', silenceSeconds, [1, 86_400], wrong),
    stallSeconds: numberIn('stallSeconds', stallSeconds, [1, 3600], wrong),
    sure: numberIn('sure', sure, [0, 1], wrong),
  };
}

/** Names must be unique, because plays are stored by the station's name. */
export function named(stations: StationConfig[], wrong: Wrong): StationConfig[] {
  const twice = stations.find(({ name }, i) => stations.findIndex((other) => other.name === name) !== i);
  if (twice) throw wrong(`Two stations are called "${twice.name}". Give each a name of its own.`);
  return stations;
}

function stationOf(value: unknown, wrong: Wrong): StationConfig {
  const { source, name } = isObject(value) ? value : { source: value, name: undefined };
  if (typeof source !== 'string') throw wrong('A station needs a source, as {"name": "One", "source": "https://..."}.');
  if (name !== undefined && (typeof name !== 'string' || name.trim() === ''))
    throw wrong(`The name of ${source} must be a text.`);
  const parsed = sourceOf(source);
  return { name: name ?? nameOfSource(parsed), source: parsed };
}

function webhookOf(value: unknown, wrong: Wrong): Webhook {
  const { address, secret, events } = isObject(value) ? value : {};
  if (typeof address !== 'string' || !URL.canParse(address) || !/^https?:/i.test(address))
    throw wrong('A webhook needs an address, as "https://example.org/hook".');
  if (typeof secret !== 'string' || secret.length < LEAST_SECRET)
    throw wrong(`The webhook ${address} needs a secret of at least ${LEAST_SECRET} letters, to sign what is sent.`);
  if (events === undefined) return { address, secret };
  if (!Array.isArray(events) || !events.every((event) => EVENTS.includes(event)))
    throw wrong(`The events of ${address} may be ${EVENTS.join(', ')}.`);
  return { address, secret, events };
}

function numberIn(name: string, value: unknown, [least, most]: [number, number], wrong: Wrong): number | undefined {
  if (value === undefined || (typeof value === 'number' && value >= least && value <= most)) return value;
  throw wrong(`${name} must be a number from ${least} to ${most}.`);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
