/**
 * `<entendu-listen>`: a button that listens, and the answer beside it.
 *
 *     <entendu-listen catalogue="songs.entendu"></entendu-listen>
 *
 * Attributes: `catalogue` (address of a published catalogue, or of a bundle) and `library` (name in this browser's storage), and words in place of ours: `listen`,
 * `stop`, `listening`, `none`, `silent`. Parts to style: `button`, `status`, `answer`, `title`, `artist`. Events: `entendu-found`
 * (`detail` is the match), `entendu-none` and `entendu-error` (`detail` is the error).
 */
import type { Heard } from '../engine/api.ts';
import { createRecognizer, type Recognizer, type RecognizerOptions } from './recognizer.ts';

const words = {
  listen: 'Listen',
  stop: 'Stop',
  listening: 'Listening',
  none: 'Not in this collection.',
  silent: 'The microphone is silent.',
};
type Word = keyof typeof words;

const STYLE = `
:host { display: inline-flex; align-items: center; gap: .75em; font: inherit; }
:host([hidden]) { display: none; }
button { font: inherit; min-height: 2.75em; padding: 0 1.25em; border: 1px solid currentColor; border-radius: 999px;
  background: none; color: inherit; cursor: pointer; }
button:focus-visible { outline: 3px solid; outline-offset: 2px; }
[part='title'] { font-weight: 600; }
[part='artist']:not(:empty)::before { content: ' \\2013\\00a0'; }
`;

export class EntenduListen extends HTMLElement {
  static readonly observedAttributes = Object.keys(words);
  private readonly button = element('button', 'button');
  private readonly status = element('span', 'status');
  private readonly answer = element('span', 'answer');
  private readonly songTitle = element('span', 'title');
  private readonly artist = element('span', 'artist');
  private recognizer: Recognizer | undefined;
  private stopping: AbortController | undefined;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    const style = new CSSStyleSheet();
    style.replaceSync(STYLE);
    root.adoptedStyleSheets = [style];
    this.status.setAttribute('role', 'status');
    this.answer.append(this.songTitle, this.artist);
    this.status.append(this.answer);
    root.append(this.button, this.status);
    this.button.addEventListener('click', () => void (this.stopping ? this.stopping.abort() : this.listen()));
  }

  connectedCallback(): void {
    this.nameButton();
  }

  disconnectedCallback(): void {
    this.stopping?.abort();
    void this.recognizer?.close();
    this.recognizer = undefined;
  }

  attributeChangedCallback(): void {
    this.nameButton();
  }

  /** Does what a click on the button does: listens until there is an answer, or for `GIVE_UP_SECONDS`. */
  async listen(): Promise<void> {
    this.stopping = new AbortController();
    this.nameButton();
    this.show(this.word('listening'));
    try {
      this.recognizer ??= createRecognizer(this.collection);
      await this.follow(this.recognizer.listen({ signal: this.stopping.signal }));
    } catch (error) {
      this.show((error as Error).message);
      this.tell('error', error);
    } finally {
      this.stopping = undefined;
      this.nameButton();
    }
  }

  private async follow(states: AsyncIterable<Heard>): Promise<void> {
    for await (const { state, match } of states) {
      if (match) {
        this.show(match.track.title, match.track.artist);
        return this.tell('found', match);
      }
      this.show(this.word(state === 'none' || state === 'silent' ? state : 'listening'));
      if (state === 'none') return this.tell('none');
    }
    this.show('');
  }

  private get collection(): RecognizerOptions {
    const catalogue = this.getAttribute('catalogue');
    const library = this.getAttribute('library') ?? undefined;
    if (!catalogue) return { library };
    const address = new URL(catalogue, this.baseURI);
    return address.pathname.endsWith('.entendu') ? { library: { bundle: address } } : { library, catalogue: address };
  }

  /** Only what changes is written, so that a screen reader does not repeat it. */
  private show(title: string, artist = ''): void {
    if (this.songTitle.textContent !== title) this.songTitle.textContent = title;
    if (this.artist.textContent !== artist) this.artist.textContent = artist;
  }

  private nameButton(): void {
    this.button.textContent = this.word(this.stopping ? 'stop' : 'listen');
  }

  private word(word: Word): string {
    return this.getAttribute(word) ?? words[word];
  }

  private tell(event: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(`entendu-${event}`, { detail, bubbles: true, composed: true }));
  }
}

function element(tag: string, part: string): HTMLElement {
  const made = document.createElement(tag);
  made.setAttribute('part', part);
  return made;
}

customElements.define('entendu-listen', EntenduListen);
