import type { JSX } from 'preact';
import './progress.css';

/** A progress bar; indeterminate without `done`. */
export function Progress(props: { total: number; done?: number; label?: string }): JSX.Element {
  return <progress class="progress" max={props.total} value={props.done} aria-label={props.label} />;
}
