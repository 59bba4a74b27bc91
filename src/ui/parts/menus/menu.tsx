import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon, type IconName } from '../icons/icon.tsx';
import './menu.css';

export interface MenuItem {
  icon?: IconName;
  label: string;
  isChosen?: boolean;
  isDanger?: boolean;
  act: () => void;
}

/** Minimum distance of a menu from the edge of the screen in pixels. */
export const EDGE = 8;

/** Where what is outside is cut off: the pane or list around an element, or the screen. */
function edgesAround(element: Element): { left: number; right: number } {
  let around = element.parentElement;
  while (around && getComputedStyle(around).overflowX === 'visible') around = around.parentElement;
  const { clientLeft, clientWidth } = around ?? document.documentElement;
  const left = (around?.getBoundingClientRect().left ?? 0) + clientLeft;
  return { left, right: left + clientWidth };
}

/** Up and down arrows go from button to button, and round. */
export function walkButtons(event: KeyboardEvent, around: HTMLElement): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const buttons = [...around.querySelectorAll('button')];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  buttons.at((at + step) % buttons.length)?.focus();
}

/** A menu, opened by its button. Arrow keys move within it; Esc, or moving the focus outside, closes it. */
export function Menu(props: { label: string; icon: IconName; text?: string; items: MenuItem[] }): JSX.Element {
  const details = useRef<HTMLDetailsElement>(null);
  const close = () => {
    if (details.current?.open) details.current.open = false;
  };
  const leave = (event: FocusEvent) => {
    const to = event.relatedTarget as Node | null;
    if (to && !details.current?.contains(to)) close();
  };
  useEffect(() => {
    const press = (event: Event) => !details.current?.contains(event.target as Node) && close();
    addEventListener('pointerdown', press);
    return () => removeEventListener('pointerdown', press);
  }, []);

  /** Moves the menu away from the edge of what would cut it off, so that all of it is visible. */
  const fit = () => {
    const list = details.current?.querySelector('ul');
    if (!list) return;
    list.style.removeProperty('--aside');
    const { left, right } = list.getBoundingClientRect();
    const edges = edgesAround(list);
    const beyond = Math.min(0, left - EDGE - edges.left) + Math.max(0, right + EDGE - edges.right);
    list.style.setProperty('--aside', `${-beyond}px`);
  };

  const walk = (event: KeyboardEvent) => {
    const element = details.current;
    if (!element?.open) return;
    if (event.key === 'Escape') {
      event.stopPropagation();
      close();
      element.querySelector('summary')?.focus();
    }
    walkButtons(event, element);
  };

  return (
    <details class="menu" ref={details} onKeyDown={walk} onToggle={fit} onFocusOut={leave}>
      <summary class={props.text ? 'menu-text' : 'icon-button'} aria-label={props.label} title={props.label}>
        {props.text && <span>{props.text}</span>}
        <Icon name={props.icon} size={props.text ? 18 : 24} />
      </summary>
      <ul class="menu-list">
        {props.items.map((item) => (
          <li key={item.label}>
            <button
              type="button"
              class="menu-item"
              data-danger={item.isDanger}
              aria-pressed={item.isChosen}
              onClick={() => {
                close();
                item.act();
              }}
            >
              {item.icon && <Icon name={item.icon} size={20} />}
              <span>{item.label}</span>
              {item.isChosen && <Icon name="check" size={18} />}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
