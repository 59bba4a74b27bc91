/** Numbers, times and confidences in words. */
import { surenessOf } from '../engine/api.ts';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

export const count = (n: number) => whole.format(n);

/** "1 track", "2,000 tracks". */
export const counted = (n: number, one: string, many = `${one}s`) => `${count(n)} ${n === 1 ? one : many}`;

const two = (n: number) => String(n).padStart(2, '0');

/** "4:31", "1:04:31"; with tenths, "1:12.4". */
export function clock(seconds: number, decimals = 0): string {
  const unit = 10 ** decimals;
  const units = Math.round(Math.abs(seconds) * unit);
  const sign = seconds < 0 && units > 0 ? '-' : '';
  const all = Math.floor(units / unit);
  const minutes = Math.floor(all / 60) % 60;
  const hours = Math.floor(all / 3600);
  const fraction = decimals ? `.${String(units % unit).padStart(decimals, '0')}` : '';
  return `${sign}${hours ? `${hours}:${two(minutes)}` : minutes}:${two(all % 60)}${fraction}`;
}

/** "8 s", "4 min 3 s", "22 h 10 min". */
export function duration(seconds: number): string {
  const all = Math.round(seconds);
  if (all < 60) return `${all} s`;
  if (all < 3600) return `${Math.floor(all / 60)} min ${all % 60} s`;
  return `${count(Math.floor(all / 3600))} h ${Math.floor((all % 3600) / 60)} min`;
}

export function bytes(n: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const step = n < 1000 ? 0 : Math.min(4, Math.floor(Math.log10(n) / 3));
  const scaled = n / 1000 ** step;
  return `${step === 0 || scaled >= 100 ? count(scaled) : scaled.toFixed(1)} ${units[step]}`;
}

const sureWords = { certain: 'certain', likely: 'very likely', perhaps: 'perhaps' };

/** The confidence of an answer in words and as a number, which is never "100 %". */
export function sureness(confidence: number): string {
  return `${sureWords[surenessOf(confidence)]} (${(Math.min(confidence, 0.999) * 100).toFixed(1)} %)`;
}

/** "2.1 % fast", "0.5 semitones up"; undefined if both are unchanged. */
export function pace(speed: number, pitch: number): string | undefined {
  const differ = (a: number, b: number) => Math.abs(a / b - 1) >= 0.003;
  const tempo = differ(speed, 1) && `${(Math.abs(speed - 1) * 100).toFixed(1)} % ${speed > 1 ? 'fast' : 'slow'}`;
  if (!differ(speed, pitch)) return tempo || undefined;
  const semitones = 12 * Math.log2(pitch);
  const tuned = differ(pitch, 1) && `${Math.abs(semitones).toFixed(1)} semitones ${pitch > 1 ? 'up' : 'down'}`;
  return [tempo, tuned || 'in tune'].filter(Boolean).join(', ');
}
