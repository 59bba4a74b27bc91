/** Lets the user choose the file of a song when its place is not known. */
import { contentIdOf } from '../../audio/content-id.ts';
import type { Track } from '../../types.ts';
import { t } from '../messages/messages.ts';
import { showFault } from '../parts/notices/fault-toast.ts';
import { tell } from '../parts/notices/toast.tsx';
import { rememberFile } from './song-files.ts';

/** Remembers the file if it is the one that the song was learnt from; otherwise says so and returns false. */
export async function takeShownFile({ contentId, fileName }: Track, file: File): Promise<boolean> {
  try {
    if ((await contentIdOf(file)) !== contentId) {
      tell({ text: t('play.other', { name: fileName }), isFault: true });
      return false;
    }
    await rememberFile(contentId, { file });
    return true;
  } catch (error) {
    showFault(error);
    return false;
  }
}
