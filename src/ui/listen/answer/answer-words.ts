/** Confidence, speed and pitch of an answer in words. */
import { surenessOf } from '../../../engine/api.ts';
import type { Match } from '../../../types.ts';
import { t } from '../../messages/messages.ts';
import { number, percent } from '../../parts/localized.ts';

export function confidenceWord(confidence: number): string {
  return t(`found.${surenessOf(confidence)}`);
}

/** "2.1 % fast", "half a semitone higher"; undefined if both are unchanged. */
export function speedWord({ speed, pitch }: Pick<Match, 'speed' | 'pitch'>): string | undefined {
  if (Math.abs(speed - 1) > 0.003) {
    const share = percent(Math.abs(speed - 1), 1);
    return speed > 1 ? t('found.fast', { percent: share }) : t('found.slow', { percent: share });
  }
  const semitones = 12 * Math.log2(pitch);
  if (Math.abs(semitones) < 0.1) return undefined;
  const amount = number(Math.abs(semitones), { maximumFractionDigits: 1 });
  return semitones > 0 ? t('found.higher', { semitones: amount }) : t('found.lower', { semitones: amount });
}
