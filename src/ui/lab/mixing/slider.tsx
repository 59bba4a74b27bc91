import type { JSX } from 'preact';
import { useId } from 'preact/hooks';

/** A slider with its name, and its value in words. */
export function Slider(props: {
  label: string;
  value: number;
  min: number;
  max: number;
  step: number;
  /** The value in words. */
  text: string;
  onInput: (value: number) => void;
}): JSX.Element {
  const { label, value, min, max, step, text, onInput } = props;
  const id = useId();
  return (
    <div class="slider">
      <label for={id}>{label}</label>
      {/* The slider itself tells its value. */}
      <span class="number" aria-hidden="true">
        {text}
      </span>
      <input
        id={id}
        type="range"
        {...{ min, max, step, value }}
        aria-valuetext={text}
        style={{ '--share': (value - min) / (max - min || 1) }}
        onInput={(event) => onInput(event.currentTarget.valueAsNumber)}
      />
    </div>
  );
}
