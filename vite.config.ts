import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ModulePreloadOptions, Plugin, Rolldown } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { defineConfig } from 'vitest/config';
import { extensionFiles } from './.setup/extension-files.mjs';
import { keepFilesInMemory } from './.setup/memory-disk.mjs';
import { ADDRESS_FOLDER, headersFile, headersFor, pagePolicy } from './.setup/security-headers.mjs';

/** `vite build` makes the app; `--mode node` the command line and the package for Node; `--mode web` the package for web pages; `--mode extension` the browser extension. */
export default defineConfig(({ mode }) => {
  if (mode === 'test') keepFilesInMemory();
  return { node, web, extension, test: tests }[mode] ?? app;
});

const oxc = { jsx: { runtime: 'automatic', importSource: 'preact' } } as const;

/** Everything that listening needs is in one file: as seventeen files it was 3 kB larger. So is what several other screens need. */
const codeSplitting: Rolldown.CodeSplittingOptions = {
  groups: [
    { debugName: 'start', name: (id, graph) => (isStart(id, graph, '/src/main.tsx') ? 'start' : null), priority: 1 },
    { name: 'shared', minShareCount: 2 },
  ],
};

/**
 * Whether the entry imports a module statically, directly or indirectly. The entry itself is a separate file: `main.tsx` awaits modules
 * that import from `start`, so `start` must not wait for them.
 */
function isStart(id: string, graph: Rolldown.ChunkingContext, entry: string, seen = new Set<string>()): boolean {
  seen.add(id);
  return (graph.getModuleInfo(id)?.importers ?? []).some(
    (from) => from.endsWith(entry) || (!seen.has(from) && isStart(from, graph, entry, seen)),
  );
}

/** Workers that load some of their parts later. */
const workersInParts = ['app-engine', 'learn', 'lab', 'sound'];

/**
 * What these workers import statically. The file that starts a worker must stay alone: WebKit runs it a second time if other parts of
 * the worker import from it, and then two engines answer every call.
 */
const workerSplitting: Rolldown.CodeSplittingOptions = {
  groups: workersInParts.map((name) => ({
    debugName: name,
    name: (id, graph) => (isStart(id, graph, `/${name}.worker.ts`) ? `${name}-parts` : null),
  })),
};

/** No preload links for the parts of lazy modules: at the start they would cost more than they save later. */
const modulePreload: ModulePreloadOptions = {
  polyfill: false,
  resolveDependencies: (_, files, { hostType }) => (hostType === 'html' ? files : []),
};

const LICENCES = 'licences.txt';

/** Folders of the packages in the page's workers, which Vite does not list. */
const packagesInWorkers = new Set<string>();

const notePackages: Plugin = {
  name: 'packages in workers',
  generateBundle(_, bundle) {
    for (const part of Object.values(bundle)) {
      for (const id of part.type === 'chunk' ? part.moduleIds : []) {
        const [folder] = /^.*\/node_modules\/(@[^/]+\/)?[^/]+/.exec(id) ?? [];
        if (folder) packagesInWorkers.add(folder);
      }
    }
  },
};

/** As Vite writes it. */
function licenceOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  const text = file ? readFileSync(join(folder, file), 'utf8').trim() : '';
  return `## ${name} - ${version} (${license})\n\n${text}`;
}

/** The service worker is built separately after the app; its dependencies and those of workers are added to the app's list. */
function otherLicences(): Plugin {
  const own = 'service-worker-licences.txt';
  return {
    name: 'licences of the service worker',
    config: () => ({ build: { license: { fileName: own } } }),
    writeBundle({ dir = '.' }) {
      const sections = (name: string) => readFileSync(join(dir, name), 'utf8').split(/^(?=## )/m);
      const [title, ...listed] = sections(LICENCES);
      const others = [...sections(own).slice(1), ...Array.from(packagesInWorkers, licenceOf)];
      const byHeading = new Map([...others, ...listed].map((text) => [text.split('\n', 1)[0], `${text.trim()}\n\n`]));
      writeFileSync(join(dir, LICENCES), title + [...byHeading.values()].sort().join(''));
      rmSync(join(dir, own));
    },
  };
}

/** The same policies for the page, for `npm start`, and for static hosts that read `_headers`. */
function securityHeaders(): Plugin {
  return {
    name: 'security headers',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: pagePolicy },
        injectTo: 'head-prepend' as const,
      },
    ],
    configurePreviewServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        const { pathname } = new URL(request.url ?? '/', 'http://localhost');
        for (const [name, value] of Object.entries(headersFor(pathname))) response.setHeader(name, value);
        next();
      });
    },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: '_headers', source: headersFile() });
    },
  };
}

const app = {
  base: './',
  oxc,
  build: {
    target: 'es2022',
    outDir: 'dist/app',
    modulePreload,
    assetsInlineLimit: 0,
    license: { fileName: LICENCES },
    rolldownOptions: { output: { codeSplitting } },
  },
  worker: {
    format: 'es' as const,
    plugins: () => [notePackages],
    rolldownOptions: {
      output: {
        codeSplitting: workerSplitting,
        // It is served with a different policy from the other workers.
        entryFileNames: ({ name }: { name: string }) =>
          `${name === 'address.worker' ? ADDRESS_FOLDER : 'assets'}/[name]-[hash].js`,
      },
    },
  },
  server: { host: '127.0.0.1' },
  preview: { host: '127.0.0.1', port: 4173 },
  plugins: [
    securityHeaders(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src',
      filename: 'service-worker.ts',
      injectRegister: false,
      manifest: false,
      injectManifest: {
        globPatterns: ['**/*.{html,js,css,wasm,svg,png,webmanifest,mp3,txt}'],
        buildPlugins: { vite: [otherLicences()] },
      },
    }),
  ],
};

const node = {
  publicDir: false as const,
  // Without the packages that Node can import itself.
  ssr: { noExternal: ['comlink'] },
  build: {
    target: 'node20',
    outDir: 'dist/node',
    ssr: true,
    minify: false,
    rollupOptions: {
      input: {
        entendu: 'src/node/package.ts',
        cli: 'src/cli/entendu.ts',
        'learn-thread': 'src/node/learn/learn-thread.ts',
        'recognize-thread': 'src/node/recognize/recognize-thread.ts',
        'decode-thread': 'src/node/decode/decode-thread.ts',
        'search-thread': 'src/node/search-thread.ts',
        client: 'src/server/client/client.ts',
        'serve-worker': 'src/server/workers/serve-worker.ts',
      },
      output: { chunkFileNames: '[name].js' },
    },
  },
};

/**
 * Workers become files beside the modules that start them, named by plain relative addresses: so they work from any static host,
 * and bundlers find and bundle them.
 */
const workersBeside: Plugin = {
  name: 'workers beside',
  enforce: 'pre',
  transform: (code) => code.replace(/new URL\('[^']*?([\w-]+\.worker)\.ts'/g, "new URL(/* @vite-ignore */ './$1.js'"),
  // Bundlers look for plain strings, and minifying makes templates of them.
  generateBundle(_, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type === 'chunk') file.code = file.code.replaceAll('type:`module`', 'type:"module"');
    }
  },
};

/**
 * What loads before listening: a file for what the page needs, one for what only the library's worker needs. As twenty files they were
 * larger.
 */
const webSplitting: Rolldown.CodeSplittingOptions = {
  groups: [
    { debugName: 'page', priority: 2, name: (id, graph) => (isStart(id, graph, '/web/recognizer.ts') ? 'page' : null) },
    {
      debugName: 'library',
      priority: 1,
      name: (id, graph) => (isStart(id, graph, '/web-engine.worker.ts') ? 'library' : null),
    },
  ],
};

const web = {
  publicDir: false as const,
  base: './',
  plugins: [workersBeside],
  build: {
    target: 'es2022',
    outDir: 'dist/web',
    modulePreload: false as const,
    assetsInlineLimit: 0,
    rolldownOptions: {
      preserveEntrySignatures: 'strict' as const,
      input: {
        'entendu-web': 'src/web/recognizer.ts',
        'entendu-listen': 'src/web/listen-element.ts',
        'web-engine.worker': 'src/web/web-engine.worker.ts',
        'learn.worker': 'src/learn/learn.worker.ts',
        'compare-sketches.worker': 'src/engine/search-threads/compare-sketches.worker.ts',
      },
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: '[name].js',
        assetFileNames: '[name][extname]',
        codeSplitting: webSplitting,
      },
    },
  },
  worker: {
    format: 'es' as const,
    rolldownOptions: { output: { entryFileNames: '[name].js' } },
  },
};

/** The folder can be loaded as it is: pages of an extension lie beside its manifest. */
const extension = {
  root: 'src/extension',
  publicDir: false as const,
  base: './',
  oxc,
  plugins: [extensionFiles()],
  build: {
    target: 'es2022',
    outDir: '../../dist/extension',
    emptyOutDir: true,
    modulePreload: false as const,
    assetsInlineLimit: 0,
    license: { fileName: LICENCES },
    rolldownOptions: {
      input: {
        popup: 'src/extension/popup.html',
        songs: 'src/extension/songs.html',
        offscreen: 'src/extension/offscreen.html',
        'capture-worker': 'src/extension/capture-worker.ts',
      },
      output: {
        entryFileNames: ({ name }: { name: string }) =>
          name === 'capture-worker' ? '[name].js' : 'assets/[name]-[hash].js',
      },
    },
  },
  worker: { format: 'es' as const, rolldownOptions: { output: { codeSplitting: workerSplitting } } },
};

/**
 * Tests in `*.slow.test.ts` take seconds each, because they build, kill, pack or measure; only `npm test` runs them. The timeout is a
 * minute, so that a busy machine does not cause failures.
 */
const patience = {
  testTimeout: 60_000,
  hookTimeout: 60_000,
  pool: 'threads',
  maxWorkers: '100%',
  // As for Playwright: machines of CI are busy.
  retry: process.env.CI ? 1 : 0,
} as const;
/** A test that reaches no `expect` fails, for example one with a loop over an empty list. */
const rules = { expect: { requireAssertions: true, poll: { timeout: 20_000 } } };
const slow = {
  extends: true as const,
  test: { name: 'slow', include: ['test/**/*.slow.test.ts'], globalSetup: 'test/support/built-once.ts' },
};
/**
 * Real browsers other than Chromium, on the built app: `npm run test:browsers`. Waiting for something on the screen is what these tests
 * assert.
 */
const browsers = {
  extends: true as const,
  test: {
    name: 'browsers',
    include: ['test/browsers/*.browsers.ts'],
    expect: { requireAssertions: false },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
};
/**
 * The many small files share what they import: loading it anew for each took a quarter of the time. A file that leaves something behind
 * fails others, so each puts back what it changes.
 */
const quick = {
  include: ['test/**/*.test.ts'],
  exclude: ['test/browser/**', ...slow.test.include],
  isolate: false,
};
const tests = {
  oxc,
  test: {
    ...patience,
    ...rules,
    projects: [{ extends: true as const, test: { name: 'unit', ...quick } }, slow, browsers],
  },
};
