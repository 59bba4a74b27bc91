/** The export formats of sessions by name, for the page and the command line. */
import type { Session } from '../session-model.ts';
import { cueSheet } from './cue-sheet.ts';
import { sessionsCsv } from './session-csv.ts';
import { chapters, sessionsJson, sessionText } from './session-text.ts';
import type { GapWords } from './timeline-rows.ts';

export interface SessionFormat {
  extension: string;
  /** Media type. */
  type: string;
  write(session: Session, words?: GapWords): string;
}

export const SESSION_FORMATS = {
  text: { extension: 'txt', type: 'text/plain', write: sessionText },
  chapters: { extension: 'txt', type: 'text/plain', write: chapters },
  cue: { extension: 'cue', type: 'application/x-cue', write: (session) => cueSheet(session) },
  csv: { extension: 'csv', type: 'text/csv', write: (session) => sessionsCsv([session]) },
  json: { extension: 'json', type: 'application/json', write: (session) => sessionsJson(session) },
} satisfies Record<string, SessionFormat>;

export type SessionFormatName = keyof typeof SESSION_FORMATS;
