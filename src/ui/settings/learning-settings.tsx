import type { JSX } from 'preact';
import { t } from '../messages/messages.ts';
import { Choice } from '../parts/fields/choice.tsx';
import { useCell } from '../parts/state/cell.ts';
import { useServices } from '../services.ts';

/** How much of a file is learnt. */
export function LearningSettings(): JSX.Element {
  const { settings } = useServices();
  const { limitMinutes } = useCell(settings);
  return (
    <Choice
      label={t('settings.limit')}
      value={String(limitMinutes)}
      options={Object.fromEntries(
        [0, 1, 2, 5, 10].map((count) => [
          count,
          count ? t('settings.limit.minutes', { count }) : t('settings.limit.whole'),
        ]),
      )}
      onChange={(minutes) => settings.set({ ...settings.value, limitMinutes: Number(minutes) })}
    />
  );
}
