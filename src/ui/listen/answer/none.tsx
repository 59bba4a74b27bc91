import type { JSX } from 'preact';
import type { Gap, GapSound, Session } from '../../../engine/api.ts';
import type { Match } from '../../../types.ts';
import { isAdding } from '../../adding/take-files.ts';
import { t } from '../../messages/messages.ts';
import { Button } from '../../parts/button.tsx';
import { Told } from '../../parts/notices/live-region.tsx';
import { useCell } from '../../parts/state/cell.ts';
import { linkTo } from '../../route.ts';
import { useServices } from '../../services.ts';
import './found.css';
import { type LiveSource, liveSource } from '../session/listening-state.ts';

/** The next try listens this much longer. */
const LONGER_SECONDS = 45;

/** What it mostly sounded like, if that could be determined. */
function soundOf(session: Session | undefined): GapSound {
  const seconds = (gap: Gap) => gap.toSeconds - gap.fromSeconds;
  const longest = session?.gaps.reduce<Gap | undefined>(
    (best, gap) => (best && seconds(best) >= seconds(gap) ? best : gap),
    undefined,
  );
  return longest?.sound ?? 'unclear';
}

/** No answer: shows what was heard and what to try next. */
export function NoneCard({ nearest, source }: { nearest?: Match; source: LiveSource }): JSX.Element {
  const { session } = useServices();
  const kept = useCell(session.kept);
  const why = t(`listen.none.${soundOf(kept)}`);
  return (
    <div class="found">
      <div class="found-names">
        <h2 class="found-title">{t('listen.none')}</h2>
        <p class="soft">{why}</p>
      </div>
      <Told text={`${t('listen.none')}. ${why}`} />
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
