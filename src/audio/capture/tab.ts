/** The sound of a tab or of the whole computer, where the browser can share it. */
import { UserError } from '../../errors.ts';
import { asItIs, type Capture, type CaptureEvents, capture, openContext } from './capture-stream.ts';

export const canShareSound = (): boolean => 'getDisplayMedia' in (navigator.mediaDevices ?? {});

/** Voice processing is on by default here, so it is switched off. Browsers share no sound without the picture. */
export async function openTab(events: CaptureEvents): Promise<Capture | undefined> {
  const prepared = openContext();
  try {
    const stream = await navigator.mediaDevices.getDisplayMedia({ audio: asItIs, video: true });
    for (const track of stream.getVideoTracks()) {
      track.stop();
      stream.removeTrack(track);
    }
    if (!stream.getAudioTracks().length) throw new UserError('CaptureWithoutSound', 'It was shared without its sound.');
    return await capture(stream, prepared, events);
  } catch (error) {
    void prepared.context.close();
    // Closing the browser's dialog is not a fault.
    if ((error as DOMException).name === 'NotAllowedError') return undefined;
    throw error;
  }
}
