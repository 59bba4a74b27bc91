import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { offered } from '../catalogues/offered.ts';
import { t } from '../messages/messages.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Icon, type IconName } from '../parts/icons/icon.tsx';
import { useServices } from '../services.ts';
import './add-songs.css';
import { AddressField } from './address-field.tsx';
import { takeFiles } from './take-files.ts';

// Most browsers have a folder picker, but Preact's types lack its attribute.
const wholeFolder = { webkitdirectory: true };

/** The dialog with the ways to add songs. */
export function AddSongs({ onClose }: { onClose: () => void }): JSX.Element {
  const { imports } = useServices();
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const bundle = useRef<HTMLInputElement>(null);

  const take = (event: { currentTarget: HTMLInputElement }) => {
    takeFiles([...(event.currentTarget.files ?? [])], imports);
    onClose();
  };
  /** After `showDirectoryPicker`, learning can continue after a reload. */
  const chooseFolder = async () => {
    if (await imports.addFolder()) onClose();
    else folder.current?.click();
  };

  const subscribe = () => {
    onClose();
    offered.set({});
  };

  return (
    <Dialog title={t('library.add')} onClose={onClose}>
      <div class="add-ways">
        <Way icon="file" label={t('library.add.files')} act={() => files.current?.click()} />
        <Way icon="folder" label={t('library.add.folder')} act={chooseFolder} />
        <Way icon="bundle" label={t('library.add.bundle')} act={() => bundle.current?.click()} />
        <Way icon="catalogue" label={t('catalogue.subscribe')} act={subscribe} />
      </div>
      <AddressField onDone={onClose} />
      <p class="soft">{t('library.add.drop')}</p>
      <input ref={files} type="file" multiple hidden accept="audio/*,video/*,.opus,.flac,.mkv,.lrc" onChange={take} />
      <input ref={folder} type="file" hidden onChange={take} {...wholeFolder} />
      <input ref={bundle} type="file" hidden accept=".entendu" onChange={take} />
    </Dialog>
  );
}

function Way({ icon, label, act }: { icon: IconName; label: string; act: () => void }): JSX.Element {
  return (
    <button type="button" class="add-way" onClick={act}>
      <Icon name={icon} />
      <span>{label}</span>
      <Icon name="next" size={18} />
    </button>
  );
}
