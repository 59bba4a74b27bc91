/** One file in another: the head of one kind with the tail of the next, sound wrapped in itself, tags without end. */
import { bytesOf, chunk, riff } from '../../support/wav.ts';
import type { Input } from '../attack.ts';

const joined = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

function box(name: string, content: Uint8Array): Uint8Array {
  const bytes = joined(new Uint8Array(4), bytesOf(name), content);
  new DataView(bytes.buffer).setUint32(0, bytes.length);
  return bytes;
}

/** `size` is written in four times seven bits. */
function id3(content: Uint8Array, size = content.length, flags = 0): Uint8Array {
  const sizes = [21, 14, 7, 0].map((shift) => (size >>> shift) & 127);
  return joined(bytesOf('ID3'), Uint8Array.of(3, 0, flags, ...sizes), content);
}

export function spliced(input: Input, one: Uint8Array, other: Uint8Array): Uint8Array {
  const cut = Math.floor(input.draw() ** 3 * one.length);
  const shapes: (() => Uint8Array)[] = [
    () => joined(one.subarray(0, cut), other.subarray(Math.floor(input.draw() ** 3 * other.length))),
    () => joined(one, other),
    () => joined(id3(new Uint8Array(0)), one),
    () => joined(id3(id3(id3(one.subarray(0, 2000)))), one),
    () => joined(id3(one, input.pick([0, 1, 2 ** 28 - 1, one.length * 2]), input.below(256)), other),
    () => riff(one),
    () =>
      riff(chunk('fmt ', Uint8Array.of(0x55, 0, 1, 0, 0x44, 0xac, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0)), chunk('data', one)),
    () => nested(input.pick(['moov', 'trak', 'meta', 'free', 'moof']), input.pick([10, 1000, 5000])),
    () => joined(box('ftyp', bytesOf('M4A \0\0\0\0')), box('mdat', one)),
    () => joined(box('ftyp', bytesOf('M4A \0\0\0\0')), nested('moov', 3), one),
    () => joined(new Uint8Array(input.pick([1, 1000, 100_000])), one),
    () =>
      joined(
        bytesOf(
          input.pick(['#!/bin/sh\n', '#EXTM3U\nhttp://127.0.0.1:9/x\n', 'ffconcat version 1.0\nfile /etc/passwd\n']),
        ),
        one.subarray(0, 500),
      ),
    () => new Uint8Array(input.pick([1, 2, 11, 12, 100, 100_000])).fill(input.pick([0, 0xff, 0x47, 0x0a])),
    () => Uint8Array.from({ length: input.below(100_000) }, () => 256 * input.draw()),
  ];
  const shape = input.below(shapes.length);
  input.note(`shape ${shape}`);
  return shapes[shape]();
}

function nested(name: string, times: number): Uint8Array {
  const bytes = new Uint8Array(8 * times);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < times; i++) {
    view.setUint32(8 * i, bytes.length - 8 * i);
    bytes.set(bytesOf(name), 8 * i + 4);
  }
  return bytes;
}
