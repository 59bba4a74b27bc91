/** Sound from a microphone, as the device hears it. */
import { UserError } from '../../errors.ts';
import { asItIs, type Capture, type CaptureEvents, capture, openContext } from './capture-stream.ts';

/** Our fault for the browser's error name. */
const faults: Record<string, [ConstructorParameters<typeof UserError>[0], string]> = {
  NotAllowedError: ['MicrophoneRefused', 'The microphone was not allowed.'],
  SecurityError: ['MicrophoneRefused', 'The microphone was not allowed.'],
  NotFoundError: ['MicrophoneMissing', 'No microphone was found.'],
  OverconstrainedError: ['MicrophoneMissing', 'The chosen microphone was not found.'],
  NotReadableError: ['MicrophoneBusy', 'The microphone is in use by another app.'],
  AbortError: ['MicrophoneBusy', 'The microphone could not be opened.'],
};

function translate(error: unknown): unknown {
  const [name, message] = faults[(error as DOMException).name] ?? [];
  return name && message ? new UserError(name, message, { cause: error }) : error;
}

/** To be called within a tap: asks for permission if it was not given yet. */
export async function openMicrophone(events: CaptureEvents, deviceId?: string): Promise<Capture> {
  if (!navigator.mediaDevices) throw new UserError('MicrophoneMissing', 'This page has no way to a microphone.');
  const prepared = openContext();
  try {
    const stream = await askFor({ ...asItIs, ...(deviceId && { deviceId: { exact: deviceId } }) });
    return await capture(stream, prepared, events);
  } catch (error) {
    void prepared.context.close();
    throw translate(error);
  }
}

async function askFor(wish: MediaTrackConstraints): Promise<MediaStream> {
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: wish });
    await switchOff(stream.getAudioTracks()[0]);
    return stream;
  } catch (error) {
    // The chosen device is gone: take the default one.
    if ((error as DOMException).name !== 'OverconstrainedError' || !wish.deviceId) throw error;
    return navigator.mediaDevices.getUserMedia({ audio: asItIs });
  }
}

/** Some browsers treat constraints as hints: ask the track itself again for what is still on. */
async function switchOff(track: MediaStreamTrack): Promise<void> {
  const settings = track.getSettings();
  if (!settings.echoCancellation && !settings.noiseSuppression && !settings.autoGainControl) return;
  await track.applyConstraints(asItIs).catch((error) => console.warn('the sound stays processed', error));
}

/** All microphones; their names are empty until the person has allowed one. */
export async function microphones(): Promise<MediaDeviceInfo[]> {
  const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  return devices.filter(({ kind, deviceId }) => kind === 'audioinput' && deviceId !== 'default');
}
