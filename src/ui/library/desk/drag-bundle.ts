/** Songs are dragged out of the window as a bundle. A drag cannot wait, so the bundle is made when the row is pressed. */
import type { Engine } from '../../../engine/api.ts';
import type { Track, TrackId } from '../../../types.ts';
import { dated } from '../../bundles/save-file.ts';
import { t } from '../../messages/messages.ts';

/** More would not be ready when the drag begins. */
const MOST_TRACKS = 500;
const TYPE = 'application/x-entendu';

let ready: { key: string; address: string } | undefined;

export async function prepareBundle(engine: Engine, ids: TrackId[]): Promise<void> {
  const key = ids.join();
  if (ids.length > MOST_TRACKS || ready?.key === key) return;
  const pieces: BlobPart[] = [];
  try {
    await engine.exportBundle({ name: t('bundle.name'), tracks: ids }, async (bytes) => {
      pieces.push(bytes as Uint8Array<ArrayBuffer>);
    });
  } catch (error) {
    console.warn('nothing to drag', error);
    return;
  }
  if (ready) URL.revokeObjectURL(ready.address);
  ready = { key, address: URL.createObjectURL(new Blob(pieces, { type: TYPE })) };
}

/** `first` is what was pressed; it gives its name if it is dragged alone. */
export function dragBundle({ dataTransfer }: DragEvent, ids: TrackId[], first: Track): void {
  if (!dataTransfer) return;
  dataTransfer.effectAllowed = 'copy';
  dataTransfer.setData('text/plain', ids.length > 1 ? t('library.selected', { count: ids.length }) : first.title);
  if (ready?.key !== ids.join()) return;
  const name = (ids.length > 1 ? dated(t('bundle.name'), 'entendu') : `${first.title}.entendu`).replace(
    /[\\/:*?"<>|]/g,
    ' ',
  );
  dataTransfer.setData('DownloadURL', `${TYPE}:${name}:${ready.address}`);
}
