import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../messages/messages.ts';
import { Button } from '../parts/button.tsx';
import { faultText } from '../parts/fault-text.ts';
import '../parts/form.css';
import { size } from '../parts/localized.ts';
import { Progress } from '../parts/progress.tsx';
import { type FetchMessage, fetchBundle } from './fetch-bundle.ts';
import { waitingBundle } from './take-files.ts';

/** Loads a bundle from an address that the user types. This is the only request to another host. */
export function AddressField({ onDone }: { onDone: () => void }): JSX.Element {
  const [address, setAddress] = useState('');
  const [state, setState] = useState<FetchMessage>();
  const [stop, setStop] = useState<() => void>();
  const host = hostOf(address);
  useEffect(() => stop, [stop]);

  const submit = (event: Event) => {
    event.preventDefault();
    if (host) fetchFrom(new URL(address).href);
  };
  const fetchFrom = (from: string) => {
    setState({ kind: 'progress', bytes: 0 });
    const end = fetchBundle(from, (message) => {
      setState(message);
      if (message.kind !== 'done') return;
      waitingBundle.set(message.bundle);
      onDone();
    });
    setStop(() => end);
  };

  return (
    <form class="form" onSubmit={submit}>
      <label class="field">
        <span>{t('bundle.address')}</span>
        <input
          type="url"
          inputMode="url"
          placeholder="https://"
          dir="ltr"
          value={address}
          onInput={(event) => setAddress(event.currentTarget.value)}
        />
      </label>
      {host && (
        <>
          <p class="soft">{t('bundle.address.hint', { host })}</p>
          <Button type="submit" disabled={state?.kind === 'progress'}>
            {t('bundle.address.fetch')}
          </Button>
        </>
      )}
      {state?.kind === 'progress' && (
        <>
          <p role="status">{size(state.bytes)}</p>
          <Progress total={state.total ?? 1} done={state.total && state.bytes} />
        </>
      )}
      {state?.kind === 'failed' && (
        <p class="fault" role="alert">
          {faultText(state.fault)}
        </p>
      )}
      {state?.kind === 'elsewhere' && (
        <div role="alert">
          <p>{t('bundle.address.elsewhere', { host: state.host })}</p>
          <Button onClick={() => fetchFrom(state.address)}>{t('bundle.address.follow', { host: state.host })}</Button>
        </div>
      )}
    </form>
  );
}

function hostOf(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, host } = new URL(address);
  return /^https?:$/.test(protocol) && host ? host : undefined;
}
