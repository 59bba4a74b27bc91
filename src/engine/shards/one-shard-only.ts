/** What needs all tracks in one place, and therefore refuses several shards. */
import { UserError } from '../../errors.ts';
import type { Engine } from '../api.ts';

type Unsupported =
  | 'sessions'
  | 'catalogues'
  | 'refuse'
  | 'allow'
  | 'listen'
  | 'analyse'
  | 'examine'
  | 'exportBundle'
  | 'previewBundle'
  | 'importBundle'
  | 'findDuplicates'
  | 'keepPair';
export type Supported = Omit<Engine, Unsupported>;

/** `instead`: a sentence that says what to do. */
export function unsupported(instead: string): Pick<Engine, Unsupported> {
  const refuse = (what: string) => async (): Promise<never> => {
    throw new UserError('LibraryForeign', `${what} works with one library, not with several shards. ${instead}`);
  };
  const sessions = refuse('Keeping what was heard');
  const catalogues = refuse('Subscribing to a catalogue');
  return {
    catalogues: {
      ...{ list: catalogues, preview: catalogues, begin: catalogues, take: catalogues },
      ...{ finish: catalogues, note: catalogues, unsubscribe: catalogues },
    },
    sessions: { list: sessions, get: sessions, strip: sessions, save: sessions, remove: sessions, restore: sessions },
    refuse: refuse('Marking a wrong answer'),
    allow: refuse('Marking a wrong answer'),
    listen: refuse('Listening'),
    examine: refuse('Examining a clip'),
    analyse: refuse('Making a track list'),
    exportBundle: refuse('Exporting'),
    previewBundle: refuse('Importing'),
    importBundle: refuse('Importing'),
    findDuplicates: refuse('Finding duplicates'),
    keepPair: refuse('Finding duplicates'),
  };
}
