import type { JSX } from 'preact';
import { Icon } from '../icons/icon.tsx';
import './choice.css';

/** A choice of a few options, with the device's native select. */
export function Choice<Value extends string>(props: {
  label: string;
  value: Value;
  options: { [value in Value]: string };
  onChange: (value: Value) => void;
}): JSX.Element {
  return (
    <label class="setting">
      <span>{props.label}</span>
      <span class="setting-choice">
        <select value={props.value} onChange={(event) => props.onChange(event.currentTarget.value as Value)}>
          {Object.entries<string>(props.options).map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
        <Icon name="down" size={16} />
      </span>
    </label>
  );
}

export function Toggle(props: {
  label: string;
  hint?: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
}): JSX.Element {
  return (
    <label class="setting">
      <span>
        {props.label}
        {props.hint && <small class="soft">{props.hint}</small>}
      </span>
      <input
        class="toggle"
        type="checkbox"
        role="switch"
        aria-checked={props.isOn}
        checked={props.isOn}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
    </label>
  );
}
