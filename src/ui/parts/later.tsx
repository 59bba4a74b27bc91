import type { ComponentType, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

import { wholeTable } from '../messages/messages.ts';

/** A component that is fetched when it is first shown, and its words with it, so that listening need not wait. */
export function later<Props extends object>(fetchIt: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let fetched: ComponentType<Props> | undefined;
  return function Later(props: Props): JSX.Element | null {
    const [, ready] = useState(Boolean(fetched));
    useEffect(() => {
      if (fetched) return;
      Promise.all([fetchIt(), wholeTable()]).then(([component]) => {
        fetched = component;
        ready(true);
      }, console.error);
    }, []);
    const Component = fetched;
    return Component ? <Component {...props} /> : null;
  };
}
