import type { JSX } from 'preact';

/** A field for a web address. */
export function AddressInput(props: { label: string; value: string; onInput: (value: string) => void }): JSX.Element {
  return (
    <label class="field">
      <span>{props.label}</span>
      <input
        type="url"
        inputMode="url"
        placeholder="https://"
        dir="ltr"
        value={props.value}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
    </label>
  );
}
