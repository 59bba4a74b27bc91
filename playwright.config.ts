import { defineConfig } from '@playwright/test';
import { findBrowser } from './.setup/browser.mjs';

const port = Number(process.env.PORT ?? 4179);

export default defineConfig({
  testDir: 'test/browser',
  workers: 3, // most of the time they wait for sound to pass
  timeout: 60_000,
  forbidOnly: !!process.env.CI,
  // Real time passes in these tests; a machine that is busy with others' work gets a second try, and it is told.
  retries: process.env.CI ? 1 : 0,
  use: {
    baseURL: `http://127.0.0.1:${port}/`,
    viewport: { width: 390, height: 844 },
    trace: process.env.CI ? 'on-first-retry' : 'off', // a trace of every test costs a sixth of the time
    launchOptions: {
      executablePath: findBrowser(),
      args: [
        '--no-sandbox',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-quic',
        '--no-first-run',
      ],
    },
  },
  webServer: {
    command: `npx vite preview --port ${port} --strictPort`,
    url: `http://127.0.0.1:${port}/`,
    reuseExistingServer: false,
  },
});
