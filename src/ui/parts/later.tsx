import type { ComponentType, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** A component that is fetched when it is first shown, so that listening need not wait for it. */
export function later<Props extends object>(fetchIt: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let fetched: ComponentType<Props> | undefined;
  return function Later(props: Props): JSX.Element | null {
    const [, ready] = useState(Boolean(fetched));
    useEffect(() => {
      if (fetched) return;
      fetchIt().then((component) => {
        fetched = component;
        ready(true);
      }, console.error);
    }, []);
    const Component = fetched;
    return Component ? <Component {...props} /> : null;
  };
}
