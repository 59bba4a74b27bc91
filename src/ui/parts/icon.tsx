import type { JSX } from 'preact';
import './icon.css';

/** Our own stroked drawings on a grid of 24, part of the bundle. */
const drawings = {
  listen: 'M4.6 12.3 18.6 10.9 16.9 6.1 11.9 3.6 6.9 6.4 4.6 12.3 6.7 17.7 11.9 20.4 17.6 18.3',
  library: 'M4 4.5v15M8.5 4.5v15M13 5l5.5 14.2M12.9 4.9l3-1.1L21.3 18.100l-3 1.1',
  history: 'M3.5 12a8.5 8.5 0 1 0 2.6-6.100L3.5 8.300M3.5 3.800v4.500H8M12 7.500V12l3.2 2',
  settings:
    'M4 7h9M17 7h3M4 17h3M11 17h9M15 4.800a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.400ZM9 14.800a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.400Z',
  microphone: 'M12 3.500a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0v-5a3 3 0 0 0-3-3ZM5.5 11.500a6.5 6.5 0 0 0 13 0M12 18v3',
  tab: 'M3.5 5.500h17v11h-17zM9 20h6M12 16.500V20',
  file: 'M6 3.500h8l4.5 4.500v12.500H6zM13.8 3.700V8h4.500M9.5 16.800a1.6 1.6 0 1 0 0-.1M11.1 16.700v-5l3.4-.8',
  recent: 'M12 6.500V12l3.5 2M12 3.500a8.5 8.5 0 1 1-8.5 8.500M3.6 9.500l.6-1.600M5.8 5.800l1.2-1',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM15.3 15.3 20 20',
  close: 'M6 6l12 12M18 6 6 18',
  check: 'M4.5 12.5 10 18 19.5 6.5',
  back: 'M14.5 5.5 8 12l6.5 6.5',
  next: 'M9.5 5.5 16 12l-6.5 6.5',
  up: 'M5.5 15 12 8.5l6.5 6.5',
  down: 'M5.5 9.5 12 16l6.5-6.5',
  more: 'M5.5 12h.01M12 12h.01M18.5 12h.01',
  trash: 'M4.5 6.500h15M9.5 6V4h5v2M6.5 6.500l.9 13.500h9.200l.9-13.500M10.3 10.500v6M13.7 10.500v6',
  pencil: 'M4.5 19.500l.9-4L16 4.900l3.1 3.100L8.5 18.600zM13.8 7.100l3.1 3.1',
  stop: 'M7 7h10v10H7z',
  pause: 'M8.5 5.500v13M15.5 5.500v13',
  play: 'M8 5.200v13.600L18.5 12z',
  share: 'M12 15V3.800M8 7.500l4-4 4 4M6 11.500H4.800v9h14.400v-9H18',
  bundle: 'M4 8l8-4.200L20 8v8.200l-8 4.2-8-4.200zM4.2 8.1 12 12.200l7.8-4.100M12 12.200v8',
  mute: 'M4 4l16 16M9 9v2.500a3 3 0 0 0 4.6 2.500M15 11V6.500a3 3 0 0 0-5.8-1M5.5 11.500a6.5 6.5 0 0 0 10.3 5.200M18.5 11.500a6.5 6.5 0 0 1-.6 2.700M12 18v3',
  keep: 'M3.5 12.5h3l2-6 3.5 12 3-9 1.5 3h4',
  folder: 'M3.5 6h6l2 2.500h9V19h-17z',
} as const;

export type IconName = keyof typeof drawings;

/** For use beside text, or in a button with a label; never as the only name of a control. */
export function Icon({ name, size = 24 }: { name: IconName; size?: number }): JSX.Element {
  return (
    <svg class="icon" data-name={name} width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path d={drawings[name]} />
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
