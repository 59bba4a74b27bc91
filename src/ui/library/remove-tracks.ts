import type { Engine } from '../../engine/api.ts';
import type { TrackId } from '../../types.ts';
import { t } from '../messages/messages.ts';
import { tell } from '../parts/notices/toast.tsx';

/** Removes songs at once, and offers to undo that. */
export async function removeTracks(engine: Engine, ids: TrackId[]): Promise<void> {
  if (!ids.length) return;
  await engine.remove(ids);
  tell({
    text: t('library.deleted', { count: ids.length }),
    action: { label: t('do.undo'), act: () => engine.restore(ids) },
  });
}
