/** Detects the type of an upload by its first bytes. Only containers of sound and video are accepted, no playlists, scripts or pages. */
import { open } from 'node:fs/promises';
import { Problem } from './problem.ts';

const HEAD_BYTES = 1024;

const MAGICS: [at: number, bytes: string][] = [
  ...[
    ...['RIFF', 'RF64', 'BW64', 'FORM', 'ID3', 'fLaC', 'OggS', 'FLV', 'caff', '.snd', 'MAC ', 'wvpk', 'TTA1', 'MPCK'],
    ...['MP+', 'DSD ', 'FRM8', '#!AMR', 'ADIF', 'tBaK', '.RMF', 'Creative Voice File', 'riff\u002e\u0091\u00cf\u0011'],
    ...[
      '\u001a\u0045\u00df\u00a3',
      '\u0030\u0026\u00b2\u0075',
      '\u000b\u0077',
      '\u0000\u0000\u0001\u00ba',
      '\u007f\u00fe\u0080\u0001',
    ],
  ].map((magic): [number, string] => [0, magic]),
  ...['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip'].map((box): [number, string] => [4, box]),
];

export function isSoundKind(head: Uint8Array): boolean {
  return MAGICS.some(([at, bytes]) => hasBytes(head, at, bytes)) || isMpegAudio(head) || isTransportStream(head);
}

export async function refuseOtherKinds(path: string): Promise<void> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(HEAD_BYTES), 0, HEAD_BYTES, 0);
    if (isSoundKind(buffer.subarray(0, bytesRead))) return;
  } finally {
    await file.close();
  }
  throw new Problem(
    415,
    'This is not a sound or video file of a known kind. Send the file itself as the body of the request (curl --data-binary @clip.mp3), or bare samples with ?rate=44100.',
    'NotAudio',
  );
}

const hasBytes = (head: Uint8Array, at: number, bytes: string) =>
  head.length >= at + bytes.length &&
  Array.from(bytes, (byte) => byte.charCodeAt(0)).every((byte, i) => head[at + i] === byte);

/** MP3 and AAC begin with a frame; some encoders and editors write zeros before it. */
function isMpegAudio(head: Uint8Array): boolean {
  const at = head.findIndex((byte) => byte !== 0);
  return at >= 0 && head[at] === 0xff && (head[at + 1] & 0xe0) === 0xe0 && head[at + 1] !== 0xff;
}

/** Packets of 188 bytes; some recorders write a time stamp before each. */
const isTransportStream = (head: Uint8Array): boolean =>
  (head[0] === 0x47 && head[188] === 0x47) || (head[4] === 0x47 && head[196] === 0x47);
