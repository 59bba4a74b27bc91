import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { isHelping } from '../keys.ts';
import { t } from '../messages/messages.ts';
import { Icon } from '../parts/icons/icon.tsx';
import { later } from '../parts/lazy.tsx';
import { faultText } from '../parts/notices/fault-text.ts';
import { tell } from '../parts/notices/toast.tsx';
import { route } from '../route.ts';
import { useServices } from '../services.ts';
import { filesOfTransfer } from './dropped-files.ts';
import './drop-zone.css';
import { OpenBundle } from '../bundles/open-bundle.tsx';
import { offered } from '../catalogues/offered.ts';
import { useCell } from '../parts/state/cell.ts';
import { AddSongs } from './add-songs.tsx';
import { handedOver } from './handed-over.ts';
import { HandedOverDialog } from './handed-over-dialog.tsx';
import { isAdding, soundsOf, takeFound, waitingBundle } from './take-files.ts';

/** Accepts dropped and pasted files anywhere in the app, and holds the dialogs for adding songs. */
const KeysDialog = later(() => import('../settings/keys-dialog.tsx').then((part) => part.KeysDialog));

const SubscribeDialog = later(() => import('../catalogues/subscribe-dialog.tsx').then((part) => part.SubscribeDialog));

export function Intake(): JSX.Element {
  const { imports, recordings, songCount } = useServices();
  const isAsking = () => route.value.place === 'listen' && Boolean(songCount.value);
  const [isOver, setOver] = useState(false);
  const bundle = useCell(waitingBundle);
  const isChoosing = useCell(isAdding);
  const isAsked = useCell(isHelping);
  const offer = useCell(handedOver);
  const catalogue = useCell(offered);

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
    const ask = (transfer: DataTransfer) =>
      soundsOf(filesOfTransfer(transfer)).then(
        (sounds) => (sounds.length ? recordings.hear(sounds) : tell({ text: faultText('NotAudio'), isFault: true })),
        (error) => {
          console.error(error);
          tell({ text: faultText('FileUnreadable'), isFault: true });
        },
      );
    const drop = (event: DragEvent) => {
      if (!brings(event)) return;
      event.preventDefault();
      setOver(false);
      // On the Listen screen, files are recognised; elsewhere they are learnt.
      void (isAsking() ? ask(event.dataTransfer!) : take(event.dataTransfer!));
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
          <Icon name={isAsking() ? 'listen' : 'plus'} size={40} />
          <p>{t(isAsking() ? 'app.drop.listen' : 'app.drop')}</p>
        </div>
      )}
      {isAsked && <KeysDialog onClose={() => isHelping.set(false)} />}
      {isChoosing && <AddSongs onClose={() => isAdding.set(false)} />}
      {offer && <HandedOverDialog offer={offer} />}
      {catalogue && <SubscribeDialog {...catalogue} onClose={() => offered.set(undefined)} />}
      {bundle && <OpenBundle bundle={bundle} onClose={() => waitingBundle.set(undefined)} />}
    </>
  );
}
