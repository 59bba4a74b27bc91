/** Chromium, driven by Playwright, which answers the same commands as the drivers of the other browsers. */
import { chromium, type ElementHandle, type Page as Tab } from '@playwright/test';
import { findBrowser } from '../../.setup/browser.mjs';
import { type Carrier, type Command, ELEMENT, type Opening, Page } from './webdriver.ts';

export async function openChromium({ env = {} }: Opening = {}): Promise<Page> {
  const browser = await chromium.launch({
    executablePath: findBrowser(),
    env: { ...process.env, ...env } as Record<string, string>,
    args: ['--no-sandbox', '--use-fake-ui-for-media-stream'],
    // Sound is played, so that all browsers do the same work.
    ignoreDefaultArgs: ['--mute-audio'],
  });
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 500, height: 900 } });
  return new Page(new OverPlaywright(await context.newPage(), () => browser.close()));
}

type Parameters = Record<string, unknown>;

class OverPlaywright implements Carrier {
  private readonly elements = new Map<string, ElementHandle>();

  constructor(
    private readonly tab: Tab,
    readonly close: () => Promise<void>,
  ) {}

  async send(command: Command, parameters: Parameters = {}): Promise<unknown> {
    const { url, id, text, script, args } = parameters as Record<string, string>;
    switch (command) {
      case 'Navigate To':
        return this.tab.goto(url);
      case 'Execute Async Script':
        return this.execute(script, args as unknown);
      case 'Element Click':
        return this.elements.get(id)!.click();
      case 'Element Send Keys':
        return this.elements.get(id)!.setInputFiles(text.split('\n'));
      case 'Take Screenshot':
        return (await this.tab.screenshot()).toString('base64');
      default:
        throw new Error(`Nobody needs "${command}" in Chromium.`);
    }
  }

  /** An element in the place of `value` goes out as its number, as in WebDriver. */
  private async execute(script: string, args: unknown): Promise<unknown> {
    const answer = await this.tab.evaluateHandle(
      `new Promise((done) => (function () { ${script} })(...${JSON.stringify(args)}, done))`,
    );
    const element = (await answer.getProperty('value')).asElement();
    if (!element) return answer.jsonValue();
    const id = String(this.elements.size);
    this.elements.set(id, element);
    return { value: { [ELEMENT]: id } };
  }
}
