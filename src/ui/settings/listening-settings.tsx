import type { JSX } from 'preact';
import { t } from '../messages/messages.ts';
import { Choice, Toggle } from '../parts/fields/choice.tsx';
import { useCell } from '../parts/state/cell.ts';
import { useServices } from '../services.ts';
import { MicrophoneChoice } from './microphone-choice.tsx';

/** The microphone, how sure an answer must be, and what is kept of what was heard. */
export function ListeningSettings(): JSX.Element {
  const { settings, recent } = useServices();
  const isKeeping = useCell(recent.isOn);
  const { answers, keepsUnknown } = useCell(settings);
  return (
    <>
      <MicrophoneChoice />
      <Choice
        label={t('settings.answers')}
        value={answers}
        options={{
          certain: t('settings.answers.certain'),
          balanced: t('settings.answers.balanced'),
          guess: t('settings.answers.guess'),
        }}
        onChange={(answers) => settings.set({ ...settings.value, answers })}
      />
      <Toggle label={t('listen.recent.on')} hint={t('listen.recent.hint')} isOn={isKeeping} onChange={recent.turn} />
      <Toggle
        label={t('settings.logNone')}
        isOn={keepsUnknown}
        onChange={(keepsUnknown) => settings.set({ ...settings.value, keepsUnknown })}
      />
    </>
  );
}
