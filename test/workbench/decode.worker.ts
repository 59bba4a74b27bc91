/** Merely decodes: what importing is measured against. Nothing looks at the sound. */
import { expose } from 'comlink';
import { ALL_FORMATS, AudioSampleSink, BlobSource, Input } from 'mediabunny';

async function decode(file: Blob): Promise<number> {
  const input = new Input({ source: new BlobSource(file), formats: ALL_FORMATS });
  const track = await input.getPrimaryAudioTrack();
  if (!track) return 0;
  let seconds = 0;
  for await (const sample of new AudioSampleSink(track).samples()) {
    seconds += sample.duration;
    sample.close();
  }
  input.dispose();
  return seconds;
}

export const decoder = { decode };
expose(decoder);
