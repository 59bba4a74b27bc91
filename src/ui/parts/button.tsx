import type { ComponentChildren, JSX } from 'preact';
import './button.css';
import { Icon, type IconName } from './icons/icon.tsx';

interface Props {
  /** `main` at most once per screen; `quiet` for minor actions. */
  kind?: 'main' | 'plain' | 'quiet' | 'danger';
  icon?: IconName;
  /** Says more than its text, for users who do not see what is around it. */
  label?: string;
  disabled?: boolean;
  children: ComponentChildren;
  onClick?: () => void;
  type?: 'button' | 'submit';
}

export function Button({
  kind = 'plain',
  icon,
  label,
  children,
  onClick,
  disabled,
  type = 'button',
}: Props): JSX.Element {
  return (
    <button class="button" data-kind={kind} type={type} aria-label={label} disabled={disabled} onClick={onClick}>
      {icon && <Icon name={icon} size={20} />}
      <span>{children}</span>
    </button>
  );
}

/** A button with only an icon, and a label for screen readers. */
export function IconButton(props: {
  icon: IconName;
  label: string;
  onClick: () => void;
  pressed?: boolean;
  expanded?: boolean;
}): JSX.Element {
  return (
    <button
      class="icon-button"
      type="button"
      aria-label={props.label}
      title={props.label}
      aria-pressed={props.pressed}
      aria-expanded={props.expanded}
      onClick={props.onClick}
    >
      <Icon name={props.icon} />
    </button>
  );
}
