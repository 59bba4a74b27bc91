/** The source of a station's sound: as the user types it, and as arguments for ffmpeg. */
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { UserError } from '../../errors.ts';
import { CONTAINERS } from '../../node/decode/ffmpeg.ts';
import type { StreamInput } from '../../node/decode/ffmpeg-stream.ts';

export type StationSource =
  | { kind: 'address'; address: string }
  | { kind: 'device'; system: string; device: string }
  | { kind: 'folder'; folder: string };

/** ffmpeg's names for the sound systems of Linux, macOS and Windows. */
const SYSTEMS = ['pulse', 'alsa', 'jack', 'avfoundation', 'dshow'];
/** Protocols for radio and HLS. A response must not be able to refer to files or anything else. */
const PROTOCOLS = 'http,https,tcp,tls,crypto';
const SOCKET_TIMEOUT_SECONDS = 15;

export function sourceOf(typed: string): StationSource {
  if (/^https?:\/\//i.test(typed)) return { kind: 'address', address: addressOf(typed) };
  const device = /^(\w+):(.+)$/.exec(typed);
  if (device && SYSTEMS.includes(device[1])) return { kind: 'device', system: device[1], device: device[2] };
  if (isFolder(typed)) return { kind: 'folder', folder: typed };
  throw new UserError(
    'FileUnreadable',
    `"${typed}" is neither an address (https://...), nor a sound device (pulse:default, alsa:hw:0, avfoundation::0, dshow:audio=NAME), nor a folder.`,
  );
}

function addressOf(typed: string): string {
  try {
    return new URL(typed).href;
  } catch {
    throw new UserError('FileUnreadable', `"${typed}" is no address. One looks like https://radio.example/stream.mp3.`);
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** The default name of a station. */
export function nameOfSource(source: StationSource): string {
  if (source.kind === 'address')
    return new URL(source.address).host + new URL(source.address).pathname.replace(/\/$/, '');
  return source.kind === 'device' ? `${source.system}:${source.device}` : basename(source.folder) || source.folder;
}

/** Removes the password from an address. */
export function shownSource(source: StationSource): string {
  if (source.kind !== 'address') return nameOfSource(source);
  const { protocol, host, pathname } = new URL(source.address);
  return `${protocol}//${host}${pathname}`;
}

export function inputOf(source: Exclude<StationSource, { kind: 'folder' }>, signal: AbortSignal): StreamInput {
  if (source.kind === 'device') return { words: ['-f', source.system, '-i', source.device], signal };
  const formats = `${CONTAINERS},hls`;
  return {
    words: [
      ...['-protocol_whitelist', PROTOCOLS, '-format_whitelist', formats],
      ...['-rw_timeout', String(1e6 * SOCKET_TIMEOUT_SECONDS), '-i', source.address],
    ],
    signal,
  };
}
