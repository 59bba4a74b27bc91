/** Which decoder is asked when. Node has no WebCodecs: decoders are lent to mediabunny as `@mediabunny/server` does it. */
import { AudioSample, CustomAudioDecoder, type EncodedPacket, registerDecoder } from 'mediabunny';
import { afterEach, expect, test } from 'vitest';
import { openSound } from '../../src/audio/decode.ts';
import { UserError } from '../../src/errors.ts';
import type { Pcm } from '../../src/types.ts';
import { fixture } from '../support/fixture.ts';

/** What the decoder does with each packet; there is none while this is undefined. */
let decoding: ((give: () => void, fail: () => void) => void | Promise<void>) | undefined;
afterEach(() => {
  decoding = undefined;
});

class LentDecoder extends CustomAudioDecoder {
  static override supports(): boolean {
    return decoding !== undefined;
  }
  init() {}
  decode(packet: EncodedPacket) {
    const { sampleRate, numberOfChannels } = this.config;
    const data = new Float32Array(1152 * numberOfChannels);
    const { timestamp } = packet;
    const give = () => this.onSample(new AudioSample({ data, format: 'f32', numberOfChannels, sampleRate, timestamp }));
    return decoding?.(give, () => void this.onError(new Error('broken')));
  }
  flush() {}
  close() {}
}
registerDecoder(LentDecoder);

const song = () => fixture('harbour-lights.mp3');
const block: Pcm = { samples: new Float32Array(8000), sampleRate: 8000 };
async function* lastResort() {
  yield block;
}
async function* failing() {
  yield await Promise.reject<Pcm>(new UserError('FileDamaged', 'Neither can I.'));
}

async function heard(opening: ReturnType<typeof openSound>): Promise<Pcm[]> {
  const sound = await opening;
  const blocks: Pcm[] = [];
  for await (const one of sound.blocks()) blocks.push(one);
  sound.close();
  return blocks;
}

test('where there is no codec, the last resort decodes, and length and tags are those of the file', async () => {
  await expect(openSound(song())).rejects.toMatchObject({ name: 'CodecMissing' });
  const sound = await openSound(song(), { lastResort });
  expect(sound.seconds).toBeCloseTo(31.5, 0);
  expect(await sound.tags()).toMatchObject({ title: 'Harbour Lights', artist: 'The Fixtures' });
  expect(await heard(Promise.resolve(sound))).toEqual([block]);
});

test('a decoder that fails before a sound gives place to the last resort', async () => {
  decoding = (_, fail) => fail();
  await expect(heard(openSound(song()))).rejects.toMatchObject({ name: 'FileDamaged' });
  expect(await heard(openSound(song(), { lastResort }))).toEqual([block]);
});

test('so does one that hangs, which is refused where there is no other', async () => {
  decoding = () => new Promise(() => {});
  await expect(heard(openSound(song(), { patience: { seconds: 0.2 } }))).rejects.toMatchObject({
    name: 'FileDamaged',
    message: 'The file is damaged: decoding it does not come to an end.',
  });
  expect(await heard(openSound(song(), { patience: { seconds: 0.2 }, lastResort }))).toEqual([block]);
});

test('one that works is all that is asked, unless it was tried before', async () => {
  decoding = (give) => give();
  const blocks = await heard(openSound(song(), { lastResort }));
  expect(blocks.length).toBeGreaterThan(100);
  expect(blocks).not.toContain(block);
  expect(await heard(openSound(song(), { lastResort, isTriedBefore: true }))).toEqual([block]);
});

test('what breaks off midway is not taken up by another', async () => {
  let packets = 0;
  decoding = (give, fail) => (++packets > 300 ? fail() : give());
  await expect(heard(openSound(song(), { lastResort }))).rejects.toMatchObject({ name: 'FileDamaged' });
});

test('what no decoder knows is tried by the last resort; of two faults the one that says more is told', async () => {
  const list = () => fixture('shopping-list.mp3');
  expect(await heard(openSound(list(), { lastResort }))).toEqual([block]);
  await expect(heard(openSound(list(), { lastResort: failing }))).rejects.toMatchObject({ name: 'NotAudio' });
  await expect(heard(openSound(song(), { lastResort: failing }))).rejects.toMatchObject({ name: 'FileDamaged' });
});

test('what is locked or has no sound is not tried further', async () => {
  for (const [name, fault] of [
    ['encrypted.mp4', 'FileEncrypted'],
    ['silent-film.mp4', 'NoAudioTrack'],
    ['empty.mp3', 'FileEmpty'],
  ])
    await expect(openSound(fixture(name), { lastResort })).rejects.toMatchObject({ name: fault });
});

test('a file that was cut off before its table of contents is damaged, not a film without sound', async () => {
  const whole = fixture('paper-kites.m4a');
  const cut = new File([whole.slice(0, 90_000)], 'cut.m4a');
  await expect(heard(openSound(cut, { lastResort: failing }))).rejects.toMatchObject({ name: 'FileDamaged' });
});
