import type { ComponentType, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t, wholeTable } from '../messages/messages.ts';
import { nextTask } from './task.ts';
import { tell } from './toast.tsx';

/** A component that is fetched when it is first shown, and its words with it, so that listening need not wait. */
export function later<Props extends object>(
  fetchIt: () => Promise<ComponentType<Props>>,
): ComponentType<Props> & { fetch(): Promise<void> } {
  let fetched: ComponentType<Props> | undefined;
  const fetch = async () => {
    await nextTask();
    [fetched] = await Promise.all([fetchIt(), wholeTable()]);
  };
  function Later(props: Props): JSX.Element | null {
    const [, ready] = useState(Boolean(fetched));
    useEffect(() => {
      // It may have come meanwhile: for another place that shows it, or asked for ahead.
      if (fetched) ready(true);
      else fetch().then(() => ready(true), failed);
    }, []);
    const Component = fetched;
    return Component ? <Component {...props} /> : null;
  }
  return Object.assign(Later, { fetch });
}

/** Without a network, or when a newer version has taken this one's place: the page as it is now will have it. */
function failed(error: unknown) {
  console.error(error);
  const action = { label: t('do.retry'), act: () => location.reload() };
  tell({ text: t('app.unexpected'), isFault: true, stays: true, action });
}
