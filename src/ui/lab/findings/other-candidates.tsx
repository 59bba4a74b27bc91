import type { JSX } from 'preact';
import type { ExaminedCandidate } from '../../../engine/api.ts';
import type { TrackId } from '../../../types.ts';
import { t } from '../../messages/messages.ts';
import { clock, percent } from '../../parts/localized.ts';

/** All that was considered. The print of the chosen one lies over the clip. */
export function OtherCandidates(props: {
  candidates: ExaminedCandidate[];
  candidate?: ExaminedCandidate;
  onChoose: (id: TrackId) => void;
}): JSX.Element {
  const { candidates, candidate, onChoose } = props;
  return (
    <section aria-labelledby="lab-candidates">
      <h2 id="lab-candidates">{t('lab.others.title')}</h2>
      <ul class="lab-candidates">
        {candidates.map(({ track, confidence, offsetSeconds }) => (
          <li key={track.id}>
            <button
              type="button"
              class="lab-candidate"
              aria-pressed={track.id === candidate?.track.id}
              onClick={() => onChoose(track.id)}
            >
              <span class="lab-candidate-name" dir="auto">
                {track.title}
              </span>
              <span class="soft number">{t('lab.at', { time: clock(offsetSeconds) })}</span>
              <span class="number">
                {confidence < 0.01 ? t('lab.under', { share: percent(0.01) }) : percent(confidence)}
              </span>
              <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
                <rect width={100 * confidence} height="4" />
              </svg>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
