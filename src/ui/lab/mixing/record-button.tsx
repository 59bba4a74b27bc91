import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { openMicrophone } from '../../../audio/capture/microphone.ts';
import { keepRolling, type Rolling } from '../../../audio/capture/rolling.ts';
import type { Pcm } from '../../../types.ts';
import { t } from '../../messages/messages.ts';
import { Button } from '../../parts/button.tsx';
import { showFault } from '../../parts/notices/fault-toast.ts';
import { useServices } from '../../services.ts';

/** Length of a recording: the longest clip, and a second to spare at both ends. */
const SECONDS = 12;

/** Records from the microphone; a second press ends it early. */
export function RecordButton({ onRecorded }: { onRecorded: (recording: Pcm) => void }): JSX.Element {
  const { settings } = useServices();
  const rolling = useRef<Rolling>(undefined);
  const timer = useRef<ReturnType<typeof setInterval>>(undefined);
  const [left, setLeft] = useState<number>();

  const stop = () => {
    clearInterval(timer.current);
    rolling.current?.stop();
    rolling.current = undefined;
  };
  useEffect(() => stop, []);

  const finish = () => {
    const recording = rolling.current?.read();
    stop();
    setLeft(undefined);
    if (recording?.samples.length) onRecorded(recording);
  };
  const begin = async () => {
    setLeft(SECONDS);
    try {
      const capture = await openMicrophone({ ended: finish, interrupted: () => {} }, settings.value.microphone);
      rolling.current = keepRolling(capture, SECONDS);
      let seconds = SECONDS;
      timer.current = setInterval(() => {
        seconds -= 1;
        setLeft(seconds);
        if (seconds === 0) finish();
      }, 1000);
    } catch (error) {
      setLeft(undefined);
      showFault(error);
    }
  };
  return left === undefined ? (
    <Button icon="microphone" onClick={begin}>
      {t('lab.record')}
    </Button>
  ) : (
    <Button icon="stop" onClick={finish}>
      {t('lab.record.stop', { count: left })}
    </Button>
  );
}
