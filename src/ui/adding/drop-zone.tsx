import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../messages/messages.ts';
import { faultText } from '../parts/fault-text.ts';
import { Icon } from '../parts/icon.tsx';
import { tell } from '../parts/toast.tsx';
import { route } from '../route.ts';
import { useServices } from '../services.ts';
import { filesOfTransfer } from './dropped-files.ts';
import './drop-zone.css';
import { OpenBundle } from '../bundles/open-bundle.tsx';
import { useCell } from '../parts/cell.ts';
import { AddSongs } from './add-songs.tsx';
import { handedOver } from './handed-over.ts';
import { HandedOverDialog } from './handed-over-dialog.tsx';
import { isAdding, takeFound, waitingBundle } from './take-files.ts';

const isSound = ({ type }: File) => /^(audio|video)\//.test(type);

/** Songs come in: files may be dropped or pasted anywhere, and the dialogs for them lie above every place. */
export function Intake(): JSX.Element {
  const { imports, session, songCount } = useServices();
  const isAsking = () => route.value.place === 'listen' && Boolean(songCount.value);
  const [isOver, setOver] = useState(false);
  const bundle = useCell(waitingBundle);
  const isChoosing = useCell(isAdding);
  const offer = useCell(handedOver);

  useEffect(() => {
    const brings = (event: DragEvent) => event.dataTransfer?.types.includes('Files');
    const over = (event: DragEvent) => {
      if (!brings(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => event.relatedTarget === null && setOver(false);
    const take = (transfer: DataTransfer) =>
      takeFound(filesOfTransfer(transfer), imports).catch((error) => {
        console.error(error);
        tell({ text: faultText('FileUnreadable'), isFault: true });
      });
    const drop = (event: DragEvent) => {
      if (!brings(event)) return;
      event.preventDefault();
      setOver(false);
      const [first, ...more] = event.dataTransfer!.files;
      // One file on the Listen screen is a question; anything else is to be learnt.
      if (isAsking() && first && !more.length && isSound(first)) void session.hear(first);
      else void take(event.dataTransfer!);
    };
    const paste = (event: ClipboardEvent) => {
      if (event.clipboardData?.types.includes('Files')) void take(event.clipboardData);
    };
    addEventListener('dragover', over);
    addEventListener('dragleave', leave);
    addEventListener('drop', drop);
    addEventListener('paste', paste);
    return () => {
      removeEventListener('dragover', over);
      removeEventListener('dragleave', leave);
      removeEventListener('drop', drop);
      removeEventListener('paste', paste);
    };
  }, [imports]);

  return (
    <>
      {isOver && (
        <div class="drop-target">
          <Icon name="plus" size={40} />
          <p>{t(isAsking() ? 'app.drop.listen' : 'app.drop')}</p>
        </div>
      )}
      {isChoosing && <AddSongs onClose={() => isAdding.set(false)} />}
      {offer && <HandedOverDialog offer={offer} />}
      {bundle && <OpenBundle bundle={bundle} onClose={() => waitingBundle.set(undefined)} />}
    </>
  );
}
