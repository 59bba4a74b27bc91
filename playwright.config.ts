import { defineConfig } from '@playwright/test';
import { browserArgs, findBrowser } from './.setup/browser.mjs';
import { keepFilesInMemory } from './.setup/memory-disk.mjs';

keepFilesInMemory();

const port = Number(process.env.PORT ?? 4179);

export default defineConfig({
  testDir: 'test/browser',
  globalSetup: './test/support/built-once.ts',
  outputDir: 'test-results/browser', // emptied at the start; beside it are the reports of other tests
  workers: 4, // half of the time they wait for sound to pass
  // Long enough for a machine that is busy with other things: only what fails has to wait that long.
  timeout: 180_000,
  expect: { timeout: 20_000 },
  forbidOnly: !!process.env.CI,
  // Real time passes in these tests; a machine that is busy with others' work gets a second try, and it is told.
  retries: process.env.CI ? 1 : 0,
  use: {
    baseURL: `http://127.0.0.1:${port}/`,
    viewport: { width: 390, height: 844 },
    trace: process.env.CI ? 'on-first-retry' : 'off', // a trace of every test costs a sixth of the time
    launchOptions: {
      executablePath: findBrowser(),
      args: [...browserArgs, '--disable-component-update', '--disable-quic'],
    },
  },
  webServer: {
    command: `npx vite preview --port ${port} --strictPort`,
    url: `http://127.0.0.1:${port}/`,
    reuseExistingServer: false,
  },
});
