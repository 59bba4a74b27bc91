import type { JSX } from 'preact';
import './progress.css';

/** How much of something is done; without `done` it is not known. */
export function Progress(props: { total: number; done?: number; label?: string }): JSX.Element {
  return <progress class="progress" max={props.total} value={props.done} aria-label={props.label} />;
}
