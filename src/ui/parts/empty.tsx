import type { ComponentChildren, JSX } from 'preact';
import './empty.css';

/** Content of an empty screen: a drawing, what the screen is for, and how to start. */
export function Empty(props: {
  title: string;
  text?: string;
  /** An SVG drawing of 220 x 120. */
  drawing: ComponentChildren;
  children?: ComponentChildren;
}): JSX.Element {
  return (
    <div class="empty">
      <svg viewBox="0 0 220 120" aria-hidden="true">
        {props.drawing}
      </svg>
      <h1>{props.title}</h1>
      {props.text && <p class="soft">{props.text}</p>}
      {props.children && <div class="empty-ways">{props.children}</div>}
    </div>
  );
}

/** Stars and the line that joins them; the last one is brighter. */
export function Stars({ at }: { at: [x: number, y: number, radius: number][] }): JSX.Element {
  return (
    <>
      <path class="empty-line" d={`M${at.map(([x, y]) => `${x} ${y}`).join('L')}`} />
      {at.map(([x, y, radius], i) => (
        <circle key={`${x} ${y}`} cx={x} cy={y} r={radius} data-strong={i === at.length - 1} />
      ))}
    </>
  );
}
