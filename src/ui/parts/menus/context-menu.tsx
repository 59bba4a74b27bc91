import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../icons/icon.tsx';
import { EDGE, type MenuItem, walkButtons } from './menu.tsx';
import './menu.css';

export interface MenuPlace {
  /** Where the pointer was; 0, 0 from the keyboard. */
  x: number;
  y: number;
  /** Gets the focus back. */
  opener: HTMLElement;
}

/** A menu at the place of a click, with the actions for what was clicked. Arrow keys move in it; Esc or a click elsewhere closes it. */
export function ContextMenu(props: { place: MenuPlace; items: MenuItem[]; onClose: () => void }): JSX.Element {
  const { place, items, onClose } = props;
  const list = useRef<HTMLUListElement>(null);

  useLayoutEffect(() => {
    const menu = list.current!;
    const row = place.opener.getBoundingClientRect();
    const isByKey = place.x === 0 && place.y === 0;
    const { width, height } = menu.getBoundingClientRect();
    const x = isByKey ? row.left + row.width / 3 : place.x;
    const y = isByKey ? row.bottom : place.y;
    menu.style.left = `${Math.max(EDGE, Math.min(x, innerWidth - width - EDGE))}px`;
    menu.style.top = `${Math.max(EDGE, Math.min(y, innerHeight - height - EDGE))}px`;
    menu.querySelector('button')?.focus();
  }, [place]);

  useEffect(() => {
    const press = (event: Event) => !list.current?.contains(event.target as Node) && onClose();
    addEventListener('pointerdown', press);
    addEventListener('resize', onClose);
    return () => {
      removeEventListener('pointerdown', press);
      removeEventListener('resize', onClose);
    };
  }, []);

  const leave = () => {
    onClose();
    place.opener.focus({ preventScroll: true });
  };
  const walk = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      leave();
    } else walkButtons(event, list.current!);
  };
  return (
    <ul ref={list} class="menu-list menu-at" onKeyDown={walk} onContextMenu={(event) => event.preventDefault()}>
      {items.map((item) => (
        <li key={item.label}>
          <button
            type="button"
            class="menu-item"
            data-danger={item.isDanger}
            onClick={() => {
              leave();
              item.act();
            }}
          >
            {item.icon && <Icon name={item.icon} size={20} />}
            <span>{item.label}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
