/** The last ten seconds, kept while the person has switched it on: for the song that is just ending. */
import type { Capture } from '../../../audio/capture/capture-stream.ts';
import { openMicrophone } from '../../../audio/capture/microphone.ts';
import type { Rolling } from '../../../audio/capture/rolling.ts';
import { wholeTable } from '../../messages/messages.ts';
import { faultText } from '../../parts/notices/fault-text.ts';
import { tell } from '../../parts/notices/toast.tsx';
import { type Cell, cell } from '../../parts/state/cell.ts';
import type { Settings } from '../../settings/settings.ts';
import type { ListeningSession } from './session.ts';

const SECONDS = 10;

export interface Recent {
  isOn: Cell<boolean>;
  levelDb(): number;
  turn(on: boolean): Promise<void>;
  /** Finds out what the last seconds were. */
  judge(): Promise<void>;
}

export function createRecent(session: ListeningSession, settings: Cell<Settings>): Recent {
  const isOn = cell(false);
  let source: Capture | undefined;
  let rolling: Rolling | undefined;

  function stop() {
    rolling?.stop();
    rolling = undefined;
    source = undefined;
    isOn.set(false);
  }

  return {
    isOn,
    levelDb: () => source?.levelDb() ?? -120,
    async turn(on) {
      stop();
      if (!on) return;
      try {
        // Few users switch it on, so its code is loaded only for them.
        const { keepRolling } = await import('../../../audio/capture/rolling.ts');
        const events = { ended: stop, interrupted: () => {} };
        source = await openMicrophone(events, settings.value.microphone);
        rolling = keepRolling(source, SECONDS);
        isOn.set(true);
      } catch (error) {
        console.error(error);
        await wholeTable();
        tell({ text: faultText((error as Error).name), isFault: true });
      }
    },
    async judge() {
      const sound = rolling?.read();
      if (sound?.samples.length) await session.judge(sound);
    },
  };
}
