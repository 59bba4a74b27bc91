import type { JSX } from 'preact';
import type { TrackId } from '../../../types.ts';
import { t } from '../../messages/messages.ts';
import { Button, IconButton } from '../../parts/button.tsx';
import { linkTo } from '../../route.ts';
import './selection-strip.css';
import type { TrackActions } from '../use-actions.tsx';

/** Below a list without a pane beside it: what can be done with the selected songs. */
export function SelectionStrip(props: {
  selected: ReadonlySet<TrackId>;
  actions: TrackActions;
  onClear: () => void;
}): JSX.Element {
  const { selected, actions, onClear } = props;
  const [only] = selected;
  return (
    <section class="selection-strip" aria-label={t('library.detail')}>
      <p class="number" role="status">
        {t('library.selected', { count: selected.size })}
      </p>
      {selected.size === 1 && (
        <a class="button" data-kind="quiet" href={linkTo({ place: 'track', detail: String(only) })}>
          <span>{t('library.detail')}</span>
        </a>
      )}
      <div class="selection-strip-actions">
        {actions.items.map(
          ({ icon, label, act }) => icon && <IconButton key={label} {...{ icon, label }} onClick={act} />,
        )}
        <Button kind="quiet" onClick={onClear}>
          {t('do.done')}
        </Button>
      </div>
    </section>
  );
}
