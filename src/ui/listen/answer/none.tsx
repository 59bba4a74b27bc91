import type { JSX } from 'preact';
import type { Match } from '../../../types.ts';
import { isAdding } from '../../adding/take-files.ts';
import { t } from '../../messages/messages.ts';
import { Button } from '../../parts/button.tsx';
import { Told } from '../../parts/live-region.tsx';
import { linkTo } from '../../route.ts';
import { useServices } from '../../services.ts';
import './found.css';
import { liveSource, type Source } from '../session/listening-state.ts';

/** With so much more patience, the next try is made. */
const LONGER_SECONDS = 45;

/** It is not known; what was heard stays to be seen, and there are ways on. */
export function NoneCard({ nearest, source }: { nearest?: Match; source: Source }): JSX.Element {
  const { session } = useServices();
  return (
    <div class="found">
      <div class="found-names">
        <h2 class="found-title">{t('listen.none')}</h2>
        <p class="soft">{t('listen.none.clear')}</p>
      </div>
      <Told text={`${t('listen.none')}. ${t('listen.none.clear')}`} />
      {nearest && (
        <p class="soft">
          {t('listen.none.nearest')}{' '}
          <a href={linkTo({ place: 'track', detail: String(nearest.track.id) })}>{nearest.track.title}</a>
        </p>
      )}
      <div class="found-ways">
        <Button kind="main" onClick={() => session.start(liveSource(source), { giveUpSeconds: LONGER_SECONDS })}>
          {t('listen.none.longer')}
        </Button>
        <Button icon="plus" onClick={() => isAdding.set(true)}>
          {t('listen.empty.add')}
        </Button>
      </div>
    </div>
  );
}
