/** How sure, and how changed, in words. */
import type { Match } from '../../../types.ts';
import { t } from '../../messages/messages.ts';
import { number, percent } from '../../parts/localized.ts';

export function confidenceWord(confidence: number): string {
  if (confidence >= 0.99) return t('found.certain');
  return confidence >= 0.9 ? t('found.likely') : t('found.perhaps');
}

/** "2.1 % fast", "half a semitone higher"; undefined when it plays as it was learnt. */
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
