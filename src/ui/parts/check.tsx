import type { JSX } from 'preact';
import './check.css';

/** A box to tick; its label stands around it, or is told by name. */
export function Check(props: { isOn?: boolean; label?: string; onChange: () => void }): JSX.Element {
  return (
    <input class="check" type="checkbox" checked={props.isOn} aria-label={props.label} onChange={props.onChange} />
  );
}
