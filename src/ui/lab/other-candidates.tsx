import type { JSX } from 'preact';
import type { ExaminedCandidate } from '../../engine/api.ts';
import type { TrackId } from '../../types.ts';
import { t } from '../messages/messages.ts';
import { clock, percent } from '../parts/localized.ts';

/** All that was considered. The print of the chosen one lies over the clip. */
export function OtherCandidates(props: {
  candidates: ExaminedCandidate[];
  candidate?: ExaminedCandidate;
  onChoose: (id: TrackId) => void;
}): JSX.Element {
  const { candidates, candidate, onChoose } = props;
  return (
    <fieldset class="lab-candidates">
      <legend>{t('lab.others.title')}</legend>
      {candidates.map(({ track, confidence, offsetSeconds }) => (
        <label key={track.id} class="lab-candidate">
          <input
            type="radio"
            class="radio"
            name="lab-candidate"
            checked={track.id === candidate?.track.id}
            onChange={() => onChoose(track.id)}
          />
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
        </label>
      ))}
    </fieldset>
  );
}
