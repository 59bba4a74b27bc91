/** Adds a song or a bundle to the extension's library, and says what became of it. */
import { faultOf } from '../errors.ts';
import { t } from '../ui/messages/messages.ts';
import { faultText } from '../ui/parts/notices/fault-text.ts';
import type { Recognizer } from '../web/recognizer.ts';

export interface AddedRow {
  file: File;
  text: string;
  isFault?: boolean;
}

export async function addFile(library: Recognizer, file: File, show: (row: AddedRow) => void): Promise<void> {
  show({ file, text: t('import.row.waiting') });
  const isBundle = file.name.toLowerCase().endsWith('.entendu');
  try {
    show({ file, text: await (isBundle ? openBundle(library, file) : learn(library, file)) });
  } catch (error) {
    console.error(error);
    show({ file, text: faultText(faultOf(error).name), isFault: true });
  }
}

async function openBundle(library: Recognizer, bundle: File): Promise<string> {
  const { added } = await library.importBundle(bundle);
  return added ? t('bundle.opened', { count: added }) : t('bundle.open.none');
}

async function learn(library: Recognizer, file: File): Promise<string> {
  const { state, track } = await library.add(file);
  if (state === 'added') return t('import.done', { count: 1 });
  return t(state === 'known' ? 'import.row.known' : 'import.row.similar', { title: track.title });
}
