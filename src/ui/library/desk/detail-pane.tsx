import type { JSX } from 'preact';
import type { Track, TrackId } from '../../../types.ts';
import { t } from '../../messages/messages.ts';
import { Button, IconButton } from '../../parts/button.tsx';
import { TrackPage } from '../track/track-page.tsx';
import type { TrackActions } from '../use-actions.tsx';
import './detail-pane.css';

/** Beside the list: the song that is selected, or what can be done with several. */
export function DetailPane(props: {
  selected: ReadonlySet<TrackId>;
  open: TrackId | undefined;
  actions: TrackActions;
  onClose: () => void;
}): JSX.Element | null {
  const { selected, open, actions, onClose } = props;
  if (selected.size < 2 && open === undefined) return null;
  return (
    <aside class="detail-pane scroller" aria-label={t('library.detail')}>
      <div class="detail-close">
        <IconButton icon="close" label={t('library.detail.close')} onClick={onClose} />
      </div>
      {selected.size > 1 ? (
        <Many count={selected.size} actions={actions} />
      ) : (
        <TrackPage id={open as Track['id']} isBeside />
      )}
    </aside>
  );
}

function Many({ count, actions }: { count: number; actions: TrackActions }): JSX.Element {
  return (
    <section class="detail-many">
      <h2>{t('library.selected', { count })}</h2>
      {actions.items.map(({ icon, label, isDanger, act }) => (
        <Button key={label} kind={isDanger ? 'danger' : 'plain'} icon={icon} onClick={act}>
          {label}
        </Button>
      ))}
    </section>
  );
}
