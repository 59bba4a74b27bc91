/** The commands of the W3C's WebDriver that the journeys need, whatever carries them to the browser. */
import { setTimeout as sleep } from 'node:timers/promises';

export interface Opening {
  /** For the browser's process. */
  env?: Record<string, string>;
}

/** Sends one command and returns its value; the names are those of the specification. */
export interface Carrier {
  send(command: Command, parameters?: Record<string, unknown>): Promise<unknown>;
  close(): Promise<void>;
}

export type Command =
  | 'Navigate To'
  | 'Execute Async Script'
  | 'Element Click'
  | 'Element Send Keys'
  | 'Set Timeouts'
  | 'Set Window Rect'
  | 'Take Screenshot';

export const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
type Found = Record<typeof ELEMENT, string>;

/** `'text'` is any element with such a text of its own. */
export type Role = 'button' | 'link' | 'heading' | 'status' | 'row' | 'text';

export class Page {
  constructor(private readonly carrier: Carrier) {}

  async goTo(url: string): Promise<void> {
    await this.carrier.send('Navigate To', { url });
  }

  /** Leaves and comes back: the command to refresh bypasses the service worker in Firefox. */
  async reload(): Promise<void> {
    const address = await this.run(() => location.href);
    await this.goTo('about:blank');
    await this.goTo(address);
  }

  /** Runs a function in the page. It knows nothing of this module; arguments and result are JSON, or elements. */
  async run<A extends unknown[], R>(work: (...args: A) => R | Promise<R>, ...args: A): Promise<R> {
    const script = `const [args, done] = arguments;
      Promise.resolve().then(() => (${work})(...args))
        .then((value) => done({ value }), (error) => done({ fault: String(error) + '\\n' + error.stack }));`;
    const answer = await this.carrier.send('Execute Async Script', { script, args: [args] });
    const { value, fault } = answer as { value?: R; fault?: string };
    if (fault !== undefined) throw new Error(`in the page: ${fault}`);
    return value as R;
  }

  /** Waits for a visible element of this role whose name contains or matches `name`; with `atRest`, until it does not move. */
  async find(role: Role, name: string | RegExp, { seconds = 30, atRest = false } = {}): Promise<Found> {
    const end = Date.now() + 1000 * seconds;
    const [source, flags] = name instanceof RegExp ? [name.source, name.flags] : [name.replace(/\W/g, '\\$&'), ''];
    for (;;) {
      const found = await this.element(seek, role, source, flags, atRest);
      if (found) return found;
      if (Date.now() > end) throw new Error(`No ${role} "${name}". There is: ${await this.run(textOfPage)}`);
      await sleep(100);
    }
  }

  /** Again if the screen was just being drawn anew. */
  async click(role: Role, name: string | RegExp, tries = 20): Promise<void> {
    const { [ELEMENT]: id } = await this.find(role, name, { atRest: true });
    try {
      await this.carrier.send('Element Click', { id });
    } catch (error) {
      if (tries === 0 || !isAboutElement(error)) throw error;
      await sleep(100);
      await this.click(role, name, tries - 1);
    }
  }

  /** Clicks until something that a selector finds is there: a screen that is drawn anew at that moment swallows a click. */
  async open(role: Role, name: string | RegExp, selector: string): Promise<void> {
    const isThere = () => this.run((css) => document.querySelector(css) !== null, selector);
    for (let tries = 0; tries < 5 && !(await isThere()); tries++) {
      await this.click(role, name);
      for (let looks = 0; looks < 30 && !(await isThere()); looks++) await sleep(100);
    }
  }

  /** Gives files to the input that a selector finds, once it is there. */
  async choose(selector: string, paths: string[], tries = 300): Promise<void> {
    const input = await this.element((css: string) => document.querySelector(css) as unknown, selector);
    try {
      if (!input) throw new Error(`no such element: ${selector}`);
      await this.carrier.send('Element Send Keys', { id: input[ELEMENT], text: paths.join('\n') });
    } catch (error) {
      if (tries === 0 || !isAboutElement(error)) throw error;
      await sleep(100);
      await this.choose(selector, paths, tries - 1);
    }
  }

  /** Runs a function that returns an element. If the screen draws it anew before the answer has arrived, there is none. */
  private async element<A extends unknown[]>(work: (...args: A) => unknown, ...args: A): Promise<Found | null> {
    try {
      return (await this.run(work, ...args)) as Found | null;
    } catch (error) {
      if (isAboutElement(error)) return null;
      throw error;
    }
  }

  async screenshot(): Promise<Buffer> {
    return Buffer.from((await this.carrier.send('Take Screenshot')) as string, 'base64');
  }

  close(): Promise<void> {
    return this.carrier.close();
  }
}

/** The screen is being drawn: trying again helps. */
const isAboutElement = (error: unknown): boolean =>
  /^(stale element|element not inter|element click inter|no such element)|not attached to the DOM/.test(
    (error as Error).message,
  );

/** Runs in the page. */
async function seek(role: string, source: string, flags: string, atRest: boolean): Promise<unknown> {
  const pattern = new RegExp(source, flags);
  const selectors: Record<string, string> = {
    button: 'button, [role="button"], summary',
    link: 'a[href]',
    heading: 'h1, h2, h3, [role="heading"]',
    status: '[role="status"]',
    row: 'li, tr, [role="row"], [role="listitem"], .track-row, .entry-row',
    text: 'body *',
  };
  const own = (element: Element) =>
    [...element.childNodes].map((node) => (node.nodeType === 3 ? node.nodeValue : '')).join('');
  const nameOf = (element: Element) =>
    role === 'text' ? own(element) : (element.getAttribute('aria-label') ?? element.textContent ?? '').trim();
  const isShown = (element: Element) => element.getClientRects().length > 0;
  const all = [...document.querySelectorAll(selectors[role])];
  const found = all.find((element) => isShown(element) && pattern.test(nameOf(element)));
  found?.scrollIntoView({ block: 'center' });
  const place = () => JSON.stringify(found?.getBoundingClientRect());
  for (let was = '', looks = 0; found && atRest && was !== place() && looks < 20; looks++) {
    was = place();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return found ?? null;
}

/** Runs in the page. */
function textOfPage(): string {
  return (document.body.textContent ?? '').replace(/\s+/g, ' ').slice(0, 1200);
}
