import type { JSX } from 'preact';
import { Icon, type IconName } from '../../parts/icons/icon.tsx';
import './act.css';

/** One of the things to do with an answer: a drawing with its word below. */
export function Act(props: {
  icon: IconName;
  label: string;
  hint?: string;
  pressed?: boolean;
  act: () => void;
}): JSX.Element {
  return (
    <button type="button" class="act" title={props.hint} aria-pressed={props.pressed} onClick={props.act}>
      <Icon name={props.icon} size={22} />
      <span>{props.label}</span>
    </button>
  );
}
