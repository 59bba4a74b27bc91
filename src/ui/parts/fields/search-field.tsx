import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../../messages/messages.ts';
import { IconButton } from '../button.tsx';
import { Icon } from '../icons/icon.tsx';
import './search-field.css';

export function SearchField(props: {
  label: string;
  value: string;
  onInput: (words: string) => void;
  onFocus?: () => void;
  takesFocus?: boolean;
}): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (props.takesFocus) input.current?.focus();
  }, [props.takesFocus]);
  return (
    <div class="search-field">
      <Icon name="search" size={20} />
      <input
        ref={input}
        type="search"
        enterkeyhint="search"
        autocomplete="off"
        aria-label={props.label}
        placeholder={props.label}
        value={props.value}
        onFocus={props.onFocus}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
      {props.value && <IconButton icon="close" label={t('library.search.clear')} onClick={() => props.onInput('')} />}
    </div>
  );
}
