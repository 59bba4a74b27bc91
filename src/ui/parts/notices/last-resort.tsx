import type { ComponentChildren, JSX } from 'preact';
import { useErrorBoundary, useState } from 'preact/hooks';
import { t } from '../../messages/messages.ts';
import { go, route } from '../../route.ts';
import { Button } from '../button.tsx';
import './last-resort.css';

/** Replaces a screen that throws: a message, a way to continue, and the data for a report. */
export function LastResort({ children }: { children: ComponentChildren }): JSX.Element {
  const [error, reset] = useErrorBoundary((error) => console.error(error));
  const [isCopied, setCopied] = useState(false);
  if (!error) return <>{children}</>;

  const home = () => {
    // Another screen is rendered anew.
    if (route.value.place === 'listen') reset();
    else go({ place: 'listen' });
  };
  const copy = async () => {
    const { detailsOf } = await import('./error-details.ts');
    await navigator.clipboard.writeText(detailsOf(error));
    setCopied(true);
  };
  return (
    <section class="last-resort" role="alert">
      <h1>{t('app.broken.title')}</h1>
      <p>{t('app.broken.text')}</p>
      <div class="last-resort-actions">
        <Button kind="main" onClick={home}>
          {t('app.broken.home')}
        </Button>
        <Button onClick={() => location.reload()}>{t('app.broken.reload')}</Button>
        <Button kind="quiet" onClick={copy}>
          {t(isCopied ? 'app.broken.copied' : 'app.broken.copy')}
        </Button>
      </div>
    </section>
  );
}
