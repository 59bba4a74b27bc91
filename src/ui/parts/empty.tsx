import type { ComponentChildren, JSX } from 'preact';
import './empty.css';

/** What a place shows that holds nothing yet: a drawing of ours, what goes here, and how to begin. */
export function Empty(props: {
  title: string;
  text?: string;
  /** On a ground of 220 x 120. */
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

/** Stars and the line that joins them; the last is the strong one. */
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
