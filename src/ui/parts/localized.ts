/** Numbers, times and sizes in the user's language. */
import { locale } from '../messages/messages.ts';

export const number = (value: number, options?: Intl.NumberFormatOptions): string =>
  value.toLocaleString(locale(), options);

/** 83 -> "1:23"; 3683 -> "1:01:23". */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (n: number) => number(n).padStart(2, number(0));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, two(whole % 60)];
  return hours ? `${number(hours)}:${two(minutes)}:${rest}` : `${number(minutes)}:${rest}`;
}

/** A rough duration, such as "about a minute". */
export function duration(seconds: number): string {
  const [value, unit] =
    seconds < 60 ? [seconds, 'second'] : seconds < 5400 ? [seconds / 60, 'minute'] : [seconds / 3600, 'hour'];
  return number(Math.max(1, Math.round(value)), { style: 'unit', unit, unitDisplay: 'short' });
}

/** 6300 -> "1 hr 45 min": of hours, minutes are enough. */
export function span(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return duration(seconds);
  const unit = (value: number, name: string) => number(value, { style: 'unit', unit: name, unitDisplay: 'short' });
  const [hours, rest] = [unit(Math.floor(minutes / 60), 'hour'), minutes % 60];
  return rest ? `${hours} ${unit(rest, 'minute')}` : hours;
}

/** 0.9987 -> "99.9 %"; never rounded up to 100 %, which would promise too much. */
export function percent(share: number, digits = 0): string {
  const scale = 100 * 10 ** digits;
  return number(Math.floor(share * scale) / scale, {
    style: 'percent',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

export function size(bytes: number): string {
  const step = bytes < 1e6 ? 1 : bytes < 1e9 ? 2 : 3;
  const unit = ['byte', 'kilobyte', 'megabyte', 'gigabyte'][step];
  const value = bytes / 1000 ** step;
  return number(value, { style: 'unit', unit, maximumFractionDigits: value < 10 ? 1 : 0 });
}

export const date = (ms: number): string => new Date(ms).toLocaleDateString(locale(), { dateStyle: 'medium' });

export const timeOfDay = (ms: number): string => new Date(ms).toLocaleTimeString(locale(), { timeStyle: 'short' });

/** Heading for the entries of a day: "Today", "Yesterday" or the date. */
export function day(ms: number, nowMs: number): string {
  const midnight = (at: number) => new Date(at).setHours(0, 0, 0, 0);
  const ago = Math.round((midnight(nowMs) - midnight(ms)) / 86_400_000);
  if (ago > 1) return new Date(ms).toLocaleDateString(locale(), { weekday: 'long', day: 'numeric', month: 'long' });
  const word = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' }).format(-ago, 'day');
  return word.charAt(0).toLocaleUpperCase(locale()) + word.slice(1);
}
