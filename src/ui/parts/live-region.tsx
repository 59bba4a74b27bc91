import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** Tells those who listen to the screen what others see; a region must be there before its words to be heard. */
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
