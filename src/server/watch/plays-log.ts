/** Plays on disk: a line of JSON each, a file a day. They are appended, so a crash costs at most the line that was being written. */
import { appendFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UserError } from '../../errors.ts';
import { isFromSystem, writingRefused } from '../../node/system-error.ts';
import type { Play, StationEvent } from './station-play.ts';

const PLAYS = /^plays-(\d{4}-\d\d-\d\d)\.jsonl$/;

/** Where plays are written and read when nobody says. */
export const playsBeside = (library: string): string => join(dirname(resolve(library)), 'plays');

export const dayOf = (iso: string) => iso.slice(0, 10);

export class PlaysLog {
  constructor(readonly folder: string) {}

  add(play: Play): void {
    this.append(`plays-${dayOf(play.began)}.jsonl`, play);
  }

  note(event: StationEvent): void {
    this.append(`events-${dayOf(event.at)}.jsonl`, event);
  }

  append(name: string, line: unknown): void {
    try {
      mkdirSync(this.folder, { recursive: true });
      appendFileSync(join(this.folder, name), `${JSON.stringify(line)}\n`);
    } catch (error) {
      if (!isFromSystem(error)) throw error;
      const path = join(this.folder, name);
      throw new UserError('FileUnwritable', `"${path}": ${writingRefused(error, path)}`, { cause: error });
    }
  }

  days(): string[] {
    return namesIn(this.folder)
      .flatMap((name) => PLAYS.exec(name)?.[1] ?? [])
      .sort();
  }

  /** Of these days, both included, as ISO dates. */
  plays(from = '', until = '9999'): Play[] {
    return this.days()
      .filter((day) => day >= dayOf(from) && day <= dayOf(until))
      .flatMap((day) => this.playsOf(day));
  }

  playsOf(day: string): Play[] {
    return linesIn(join(this.folder, `plays-${day}.jsonl`)).flatMap((line) => playIn(line) ?? []);
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // nothing was played yet
  }
}

function linesIn(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n');
  } catch {
    return [];
  }
}

/** A line that a crash cut short is none. */
function playIn(line: string): Play | undefined {
  try {
    const play = JSON.parse(line) as Play;
    return typeof play.station === 'string' && typeof play.track?.title === 'string' ? play : undefined;
  } catch {
    return undefined;
  }
}
