import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** Announces text to screen readers. The region must exist before its text changes, or it is not announced. */
export function Told({ text }: { text: string }): JSX.Element {
  const [told, tell] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => tell(text), 100);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <p class="unseen" role="status">
      {told}
    </p>
  );
}
