import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ElsewhereError } from '../../catalogue/bounded-fetch.ts';
import { type Fault, faultOf } from '../../errors.ts';
import { BUNDLE_MAGIC } from '../../library/bundle/magic.ts';
import { t } from '../messages/messages.ts';
import { Button } from '../parts/button.tsx';
import { AddressInput } from '../parts/fields/address-input.tsx';
import { faultText } from '../parts/notices/fault-text.ts';
import '../parts/fields/form.css';
import { size } from '../parts/localized.ts';
import { Progress } from '../parts/progress.tsx';
import { openFetching } from './fetch-address.ts';
import { hostOf } from './host-of.ts';
import { waitingBundle } from './take-files.ts';

/** The prints of about 70,000 songs. */
const MOST_BYTES = 2 ** 30;

type AddressState =
  | { kind: 'progress'; bytes: number; total?: number }
  /** The host redirects to another one. Nothing has been read yet. */
  | { kind: 'elsewhere'; address: string; host: string }
  | { kind: 'failed'; fault: Fault['name'] };

/** Loads a bundle from an address that the user types. */
export function AddressField({ onDone }: { onDone: () => void }): JSX.Element {
  const [address, setAddress] = useState('');
  const [state, setState] = useState<AddressState>();
  const [stop, setStop] = useState<() => void>();
  const host = hostOf(address);
  useEffect(() => stop, [stop]);

  const submit = (event: Event) => {
    event.preventDefault();
    if (host) void fetchFrom(new URL(address).href);
  };
  const fetchFrom = async (from: string) => {
    setState({ kind: 'progress', bytes: 0 });
    const { fetching, close } = openFetching();
    setStop(() => close);
    const limits = { mostBytes: MOST_BYTES, begins: BUNDLE_MAGIC };
    try {
      waitingBundle.set(await fetching(from, limits, (bytes, total) => setState({ kind: 'progress', bytes, total })));
      onDone();
    } catch (error) {
      if (error instanceof ElsewhereError) setState({ kind: 'elsewhere', address: error.address, host: error.host });
      else setState({ kind: 'failed', fault: faultOf(error).name });
    } finally {
      close();
    }
  };

  return (
    <form class="form" onSubmit={submit}>
      <AddressInput label={t('bundle.address')} value={address} onInput={setAddress} />
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
