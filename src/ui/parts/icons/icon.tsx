import type { JSX } from 'preact';
import './icon.css';
import type { moreDrawings } from './more-icons.ts';

/** Our own stroked drawings on a grid of 24, part of the bundle. */
const drawings = {
  listen: 'M4.6 12.3 18.6 10.9 16.9 6.1 11.9 3.6 6.9 6.4 4.6 12.3 6.7 17.7 11.9 20.4 17.6 18.3',
  library: 'M4 4.5v15M8.5 4.5v15M13 5l5.5 14.2M12.9 4.9l3-1.1L21.3 18.100l-3 1.1',
  history: 'M3.5 12a8.5 8.5 0 1 0 2.6-6.100L3.5 8.300M3.5 3.800v4.500H8M12 7.500V12l3.2 2',
  settings:
    'M4 7h9M17 7h3M4 17h3M11 17h9M15 4.800a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.400ZM9 14.800a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.400Z',
  tab: 'M3.5 5.500h17v11h-17zM9 20h6M12 16.500V20',
  file: 'M6 3.500h8l4.5 4.500v12.500H6zM13.8 3.700V8h4.500M9.5 16.800a1.6 1.6 0 1 0 0-.1M11.1 16.700v-5l3.4-.8',
  recent: 'M12 6.500V12l3.5 2M12 3.500a8.5 8.5 0 1 1-8.5 8.500M3.6 9.500l.6-1.600M5.8 5.800l1.2-1',
  close: 'M6 6l12 12M18 6 6 18',
  stop: 'M7 7h10v10H7z',
  keep: 'M3.5 12.5h3l2-6 3.5 12 3-9 1.5 3h4',
} as const;

export type IconName = keyof typeof drawings | keyof typeof moreDrawings;

const known: Partial<Record<IconName, string>> = { ...drawings };
let fetching: Promise<void> | undefined;

/** Resolves when every icon can be drawn: what is fetched later waits for it. */
export function allIcons(): Promise<void> {
  fetching ??= import('./more-icons.ts').then((part) => void Object.assign(known, part.moreDrawings));
  return fetching;
}

/** For use beside text, or in a button with a label; never as the only name of a control. */
export function Icon({ name, size = 24 }: { name: IconName; size?: number }): JSX.Element {
  return (
    <svg class="icon" data-name={name} width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path d={known[name]} />
    </svg>
  );
}

const stars: [x: number, y: number, radius: number][] = [
  [18.6, 10.9, 2.3],
  [16.9, 6.1, 1.1],
  [11.9, 3.6, 1.5],
  [6.9, 6.4, 1],
  [4.6, 12.3, 1.5],
  [6.7, 17.7, 1],
  [11.9, 20.4, 1.4],
  [17.6, 18.3, 1.7],
];

/** The logo: joined peaks that resemble an ear, or an e. */
export function Mark({ size = 24 }: { size?: number }): JSX.Element {
  return (
    <svg class="mark" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path d={drawings.listen} />
      {stars.map(([x, y, radius]) => (
        <circle key={`${x}`} cx={x} cy={y} r={radius} />
      ))}
    </svg>
  );
}
