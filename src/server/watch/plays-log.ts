/** Stores plays as lines of JSON, one file per day. Lines are appended, so a crash loses at most the line being written. */
import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../errors.ts';
import { folderBeside } from '../../node/system/home-folder.ts';
import { makeFolder } from '../../node/system/make-folder.ts';
import { isFromSystem, writingRefused } from '../../node/system/system-error.ts';
import type { Play, StationEvent } from './station-play.ts';

const PLAYS = /^plays-(\d{4}-\d\d-\d\d)\.jsonl$/;

/** The default folder of plays. */
export const playsBeside = (library: string): string => join(folderBeside(library), 'plays');

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
      makeFolder(this.folder);
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

  /** The plays of these days, both included, as ISO dates. */
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
    return []; // there are no plays yet
  }
}

function linesIn(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n');
  } catch {
    return [];
  }
}

/** Ignores a line that was cut off by a crash. */
function playIn(line: string): Play | undefined {
  try {
    const play = JSON.parse(line) as Play;
    return typeof play.station === 'string' && typeof play.track?.title === 'string' ? play : undefined;
  } catch {
    return undefined;
  }
}
