import type { JSX } from 'preact';
import './check.css';

/** A checkbox. Its label surrounds it, or is given as `aria-label`. */
export function Check(props: { isOn?: boolean; label?: string; tabIndex?: number; onChange: () => void }): JSX.Element {
  const { isOn, label, tabIndex, onChange } = props;
  return (
    <input class="check" type="checkbox" checked={isOn} aria-label={label} tabIndex={tabIndex} onChange={onChange} />
  );
}
