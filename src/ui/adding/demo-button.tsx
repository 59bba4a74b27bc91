import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { fetchDemo } from '../listen/demo.ts';
import { t } from '../messages/messages.ts';
import { Button } from '../parts/button.tsx';
import { faultText } from '../parts/notices/fault-text.ts';
import { useServices } from '../services.ts';

/** Learns the tunes that come with the app. */
export function DemoButton(): JSX.Element {
  const { imports } = useServices();
  const [fault, setFault] = useState<string>();
  const [isFetching, setFetching] = useState(false);

  const tryDemo = async () => {
    setFetching(true);
    try {
      imports.add(await fetchDemo());
    } catch (error) {
      console.error(error);
      setFault(faultText('AddressUnreachable'));
    }
    setFetching(false);
  };

  return (
    <>
      <Button disabled={isFetching} onClick={tryDemo}>
        {t('listen.empty.demo')}
      </Button>
      {fault && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
    </>
  );
}
