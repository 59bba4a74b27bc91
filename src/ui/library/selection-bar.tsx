import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { TrackQuery } from '../../engine/api.ts';
import type { TrackId } from '../../types.ts';
import { ExportBundle } from '../bundles/export-bundle.tsx';
import { t } from '../messages/messages.ts';
import { Button, IconButton } from '../parts/button.tsx';
import { Menu } from '../parts/menu.tsx';
import { useServices } from '../services.ts';
import { removeTracks } from './remove-tracks.ts';

/** What can be done with the songs that are chosen. */
export function SelectionBar(props: {
  query: TrackQuery;
  total: number;
  selected: ReadonlySet<TrackId>;
  onSelect: (selected: ReadonlySet<TrackId> | undefined) => void;
}): JSX.Element {
  const { engine } = useServices();
  const [isExporting, setExporting] = useState(false);
  const ids = [...props.selected];

  const enable = async (enabled: boolean) => {
    await Promise.all(ids.map((id) => engine.edit(id, { enabled })));
    props.onSelect(undefined);
  };
  const selectAll = async () => {
    const { rows } = await engine.tracks({ ...props.query, limit: props.total });
    props.onSelect(new Set(rows.map(({ id }) => id)));
  };
  const remove = async () => {
    await removeTracks(engine, ids);
    props.onSelect(undefined);
  };

  return (
    <div class="selection">
      <h1 class="number">
        <span role="status">{t('library.selected', { count: ids.length })}</span>
      </h1>
      <div class="library-tools">
        <Menu
          label={t('do.more')}
          icon="more"
          items={[
            { icon: 'check', label: t('library.select.all'), act: selectAll },
            { icon: 'bundle', label: t('library.export'), act: () => setExporting(ids.length > 0) },
            { icon: 'mute', label: t('library.disable'), act: () => enable(false) },
            { icon: 'microphone', label: t('library.enable'), act: () => enable(true) },
          ]}
        />
        <IconButton icon="trash" label={t('do.delete')} onClick={remove} />
        <Button kind="quiet" onClick={() => props.onSelect(undefined)}>
          {t('do.done')}
        </Button>
      </div>
      {isExporting && <ExportBundle tracks={ids} onClose={() => setExporting(false)} />}
    </div>
  );
}
