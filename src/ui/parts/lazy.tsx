import type { ComponentType, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t, wholeTable } from '../messages/messages.ts';
import { allIcons } from './icons/icon.tsx';
import { tell } from './notices/toast.tsx';
import { nextTask } from './task.ts';

/** A component that is loaded when it is first shown, together with its messages, so that listening can start without it. */
export function later<Props extends object>(
  fetchIt: () => Promise<ComponentType<Props>>,
): ComponentType<Props> & { fetch(): Promise<void> } {
  let fetched: ComponentType<Props> | undefined;
  const fetch = async () => {
    await nextTask();
    [fetched] = await Promise.all([fetchIt(), wholeTable(), allIcons()]);
  };
  function Later(props: Props): JSX.Element | null {
    const [, ready] = useState(Boolean(fetched));
    useEffect(() => {
      // It may have been loaded meanwhile, by another screen or ahead of time.
      if (fetched) ready(true);
      else fetch().then(() => ready(true), failed);
    }, []);
    const Component = fetched;
    return Component ? <Component {...props} /> : null;
  }
  return Object.assign(Later, { fetch });
}

/** Shown if loading failed: offline, or because a newer version has replaced this one. Reloading the page helps. */
function failed(error: unknown) {
  console.error(error);
  const action = { label: t('do.retry'), act: () => location.reload() };
  tell({ text: t('app.unexpected'), isFault: true, stays: true, action });
}
