import type { JSX } from 'preact';
import { LevelMeter } from '../parts/sound/level-meter.tsx';
import { useServices } from '../services.ts';
import { MicrophoneChoice } from '../settings/microphone-choice.tsx';
import '../parts/panel.css';
import '../settings/settings-page.css';
import type { LiveSource } from './session/listening-state.ts';

/** Shown when no sound arrives: the level, and another microphone to try. */
export function Silent({ source }: { source: LiveSource }): JSX.Element {
  const { session } = useServices();
  return (
    <div class="panel">
      <LevelMeter levelDb={session.levelDb} />
      {source === 'microphone' && <MicrophoneChoice onChange={() => session.start('microphone')} />}
    </div>
  );
}
