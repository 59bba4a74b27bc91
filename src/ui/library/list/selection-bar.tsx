import type { JSX } from 'preact';
import type { TrackQuery } from '../../../engine/api.ts';
import type { TrackId } from '../../../types.ts';
import { t } from '../../messages/messages.ts';
import { Button, IconButton } from '../../parts/button.tsx';
import { Menu } from '../../parts/menus/menu.tsx';
import { showFault } from '../../parts/notices/fault-toast.ts';
import { useServices } from '../../services.ts';
import { useActions } from '../use-actions.tsx';

/** Actions for the selected songs. */
export function SelectionBar(props: {
  query: TrackQuery;
  selected: ReadonlySet<TrackId>;
  onSelect: (selected: ReadonlySet<TrackId> | undefined) => void;
}): JSX.Element {
  const { engine } = useServices();
  const ids = [...props.selected];
  const actions = useActions(ids, () => props.onSelect(undefined));
  const selectAll = async () => props.onSelect(new Set(await engine.trackIds(props.query)));

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
            { icon: 'check', label: t('library.select.all'), act: () => void selectAll().catch(showFault) },
            ...actions.items.filter(({ isDanger }) => !isDanger),
          ]}
        />
        <IconButton icon="trash" label={t('do.delete')} onClick={() => void actions.remove().catch(showFault)} />
        <Button kind="quiet" onClick={() => props.onSelect(undefined)}>
          {t('do.done')}
        </Button>
      </div>
      {actions.dialog}
    </div>
  );
}
