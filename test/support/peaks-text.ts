import { KernelStream } from '../../src/kernel/kernel.ts';

/** The kernel's complete output for a sound (32-bit samples in base64) as text that can be compared. */
export function peaksText(kernel: WebAssembly.Module, base64: string, sampleRate: number): string {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const stream = new KernelStream(kernel, { sampleRate, maxRank: 64, map: true });
  stream.push(new Float32Array(bytes.buffer));
  stream.finish();
  const { frames, bins, levels, ranks, frameFractions, binFractions } = stream.takePeaks();
  const columns = [frames, bins, levels, ranks, frameFractions, binFractions].map((column) => column.join());
  return `${columns.join('\n')}\n${mixed(stream.takeRows().rows)}\n`;
}

/** A hash of bytes (FNV-1a). */
function mixed(bytes: Uint8Array): number {
  return bytes.reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193), 0x811c9dc5) >>> 0;
}
