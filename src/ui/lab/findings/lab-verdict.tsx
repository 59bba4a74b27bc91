import type { JSX } from 'preact';
import { type Examination, type ExaminedCandidate, surenessOf } from '../../../engine/api.ts';
import { t } from '../../messages/messages.ts';
import { clock, number, percent } from '../../parts/localized.ts';

/** The answer that listening to this sound would give. */
export function Verdict({ examination }: { examination?: Examination }): JSX.Element {
  const named = examination?.candidates.filter(({ isNamed }) => isNamed) ?? [];
  return (
    <div class="lab-verdict">
      <div role="status">
        {examination && named.length === 0 && <p class="lab-answer">{t('lab.none')}</p>}
        {named.map((candidate) => (
          <Answer key={candidate.track.id} candidate={candidate} />
        ))}
      </div>
      {examination && (
        <p class="soft number">
          {t(`lab.step.${examination.step as 1 | 2 | 3}`)}{' '}
          {t('lab.took', { milliseconds: number(Math.round(examination.totalMs)) })}
        </p>
      )}
    </div>
  );
}

function Answer({ candidate }: { candidate: ExaminedCandidate }): JSX.Element {
  const { track, confidence, offsetSeconds } = candidate;
  return (
    <p class="lab-answer">
      <bdi>{track.title}</bdi>{' '}
      <span class="number">
        {t(`found.${surenessOf(confidence)}`)}, {percent(confidence, 1)}
      </span>{' '}
      <span class="soft number">{t('lab.at', { time: clock(offsetSeconds) })}</span>
    </p>
  );
}
