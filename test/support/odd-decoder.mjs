/** Stands for the package `@mediabunny/server`: a decoder of MP3 that makes half a minute of a tone, or never comes back. */
import { writeFileSync } from 'node:fs';
import { AudioSample, CustomAudioDecoder, registerDecoder } from 'mediabunny';

const RATE = 44_100;

class OddDecoder extends CustomAudioDecoder {
  static supports = (codec) => codec === 'mp3';
  decoded = 0;
  init() {}
  decode({ timestamp }) {
    const { ODD_DECODER_STUCK: path } = process.env;
    if (path) {
      writeFileSync(path, '');
      for (;;);
    }
    const data = Float32Array.from({ length: 1152 }, (_, i) => Math.sin((this.decoded + i) / 20) / 2);
    this.decoded += data.length;
    this.onSample(new AudioSample({ data, format: 'f32', numberOfChannels: 1, sampleRate: RATE, timestamp }));
  }
  flush() {}
  close() {}
}

export const registerMediabunnyServer = () => registerDecoder(OddDecoder);
