import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Track, TrackId } from '../../types.ts';
import { ExportBundle } from '../bundles/export-bundle.tsx';
import { t } from '../messages/messages.ts';
import { later } from '../parts/lazy.tsx';
import type { MenuItem } from '../parts/menus/menu.tsx';
import { showFault } from '../parts/notices/fault-toast.ts';
import { useServices } from '../services.ts';
import { removeTracks } from './remove-tracks.ts';
import { savePlaylist } from './save-playlist.ts';
import { EditTags } from './track/edit-tags.tsx';

const EditMany = later(() => import('./track/edit-many.tsx').then((part) => part.EditMany));

export interface TrackActions {
  items: MenuItem[];
  remove(): Promise<void>;
  edit(): Promise<void>;
  /** What an item has opened. */
  dialog: JSX.Element | undefined;
}

/** What can be done with some songs, be it from a menu, by key or with a button. */
export function useActions(ids: TrackId[], done: () => void = () => {}): TrackActions {
  const { engine } = useServices();
  const [dialog, setDialog] = useState<'export' | 'many' | Track>();
  const close = () => setDialog(undefined);

  const enable = async (enabled: boolean) => {
    await engine.editMany(ids.map((id) => ({ id, changes: { enabled } })));
    done();
  };
  const remove = async () => {
    await removeTracks(engine, ids);
    done();
  };
  const edit = async () => setDialog(ids.length > 1 ? 'many' : await engine.track(ids[0]));
  const told = (act: () => Promise<void>) => () => void act().catch(showFault);

  const items: MenuItem[] = [
    { icon: 'pencil', label: t('track.edit'), act: told(edit) },
    { icon: 'bundle', label: t('library.export'), act: () => setDialog('export') },
    { icon: 'share', label: t('library.playlist'), act: told(() => savePlaylist(engine, ids)) },
    { icon: 'mute', label: t('library.disable'), act: told(() => enable(false)) },
    { icon: 'microphone', label: t('library.enable'), act: told(() => enable(true)) },
    { icon: 'trash', label: t('do.delete'), isDanger: true, act: told(remove) },
  ];
  const opened =
    dialog === 'export' ? (
      <ExportBundle tracks={ids} onClose={close} />
    ) : dialog === 'many' ? (
      <EditMany ids={ids} onClose={close} />
    ) : (
      dialog && <EditTags track={dialog} onClose={close} />
    );
  return { items: ids.length ? items : [], remove, edit, dialog: opened };
}
