import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { type LyricLine, type Lyrics, lineAt } from '../../lyrics/parse-lyrics.ts';
import { t } from '../messages/messages.ts';
import { clock } from '../parts/localized.ts';

/** The list does not scroll automatically for this long after the user has scrolled. */
const LEFT_ALONE_MS = 5000;

/**
 * The lines of a song; the one that is sung is large and stays in the middle. Tapping a line with a time plays from there. One line
 * takes the focus; arrow keys go from line to line.
 */
export function LyricsLines(props: {
  lyrics: Lyrics;
  position?: number;
  play: (fromSeconds: number) => void;
}): JSX.Element {
  const { lyrics, position, play } = props;
  const { lines, isTimed } = lyrics;
  const at = position === undefined ? -1 : lineAt(lines, position);
  const list = useRef<HTMLOListElement>(null);
  const movedMs = useRef(Number.NEGATIVE_INFINITY);
  const moved = () => {
    movedMs.current = performance.now();
  };

  const current = useRef(at);
  current.current = at;
  const show = (behavior: ScrollBehavior) =>
    list.current?.children[current.current]?.scrollIntoView({ block: 'center', behavior });

  // When a phone is turned, the line that is sung stays in sight.
  useEffect(() => {
    const observer = new ResizeObserver(() => show('instant'));
    observer.observe(list.current!);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (at < 0 || performance.now() - movedMs.current < LEFT_ALONE_MS) return;
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    show(isCalm ? 'instant' : 'smooth');
  }, [at]);

  const walk = (event: KeyboardEvent) => {
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const here = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined || here < 0 || !buttons[to]) return;
    event.preventDefault();
    moved();
    buttons[to].focus();
  };

  const focusable = Math.max(0, at);
  return (
    <ol
      ref={list}
      class="lyrics-lines scroller"
      data-timed={isTimed}
      aria-label={t('lyrics.title')}
      // Without buttons in it, the arrow keys must be able to scroll it.
      tabIndex={isTimed ? undefined : 0}
      onKeyDown={walk}
      onWheel={moved}
      onTouchMove={moved}
    >
      {lines.map((line, i) => (
        <li key={i} aria-current={i === at || undefined}>
          {line.seconds === undefined ? (
            <Words line={line} />
          ) : (
            <button
              type="button"
              class="lyrics-line"
              tabIndex={i === focusable ? 0 : -1}
              title={t('play.from', { time: clock(line.seconds) })}
              onClick={() => play(line.seconds as number)}
            >
              <Words line={line} position={i === at ? position : undefined} />
            </button>
          )}
        </li>
      ))}
    </ol>
  );
}

/** The text of a line; with times of the words, those that have been sung. */
function Words({ line, position }: { line: LyricLine; position?: number }): JSX.Element {
  const { text, words, seconds } = line;
  if (!text) return <span class="lyrics-rest">{seconds === undefined ? '\u00a0' : <Rest />}</span>;
  if (!words || position === undefined) return <bdi>{text}</bdi>;
  return (
    <bdi>
      {words.map((word, i) => (
        <span key={i} data-sung={word.seconds <= position}>
          {word.text}
        </span>
      ))}
    </bdi>
  );
}

const Rest = () => (
  <>
    <span aria-hidden="true">♪</span>
    <span class="unseen">{t('lyrics.pause')}</span>
  </>
);
