import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { microphones } from '../../audio/capture/microphone.ts';
import { t } from '../messages/messages.ts';
import { Choice } from '../parts/fields/choice.tsx';
import { useCell } from '../parts/state/cell.ts';
import { useServices } from '../services.ts';

/** Which microphone is listened to. `onChange` is called when the person has chosen another. */
export function MicrophoneChoice({ onChange }: { onChange?: () => void }): JSX.Element {
  const { settings } = useServices();
  const { microphone: chosen } = useCell(settings);
  const [devices, setDevices] = useState<MediaDeviceInfo[]>([]);
  useEffect(() => {
    const look = () => void microphones().then(setDevices);
    look();
    navigator.mediaDevices?.addEventListener('devicechange', look);
    return () => navigator.mediaDevices?.removeEventListener('devicechange', look);
  }, []);
  return (
    <Choice
      label={t('settings.microphone')}
      value={devices.some(({ deviceId }) => deviceId === chosen) ? (chosen ?? '') : ''}
      options={{
        '': t('settings.microphone.default'),
        ...Object.fromEntries(
          devices
            .filter(({ deviceId }) => deviceId)
            .map(({ deviceId, label }, i) => [deviceId, label || t('settings.microphone.unnamed', { count: i + 1 })]),
        ),
      }}
      onChange={(id) => {
        settings.set({ ...settings.value, microphone: id || undefined });
        onChange?.();
      }}
    />
  );
}
