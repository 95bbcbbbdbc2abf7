import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** What `npm run build --workspace search-box` made; elsewhere in tests. */
const SEARCH_BOX = process.env['JUSTUJU_SEARCH_BOX'] ?? here('../search-box/dist');
/** Sizes of the font files do not change under their names, and sites load the module by its name: so these stay as they are. */
const SERVED = /^(?:search-box\.js|instantsearch\.js|fonts\/.*\.woff2)$/;

/** The component, its fonts and the search client under names that other sites can write down. */
const searchBox: Plugin = {
  name: 'search-box',
  generateBundle() {
    for (const fileName of readdirSync(SEARCH_BOX, { recursive: true }).map((name) => String(name).replaceAll('\\', '/'))) {
      if (SERVED.test(fileName)) this.emitFile({ type: 'asset', fileName, source: readFileSync(join(SEARCH_BOX, fileName)) });
    }
  },
  // Not in index.html itself: vite would put all scripts of a page into one of its own.
  transformIndexHtml: (_html, { filename }) =>
    filename.endsWith('index.html')
      ? [{ tag: 'script', attrs: { type: 'module', crossorigin: true, src: './search-box.js' }, injectTo: 'head' }]
      : [],
};

export default defineConfig({
  // Relative addresses, so that the page also works behind a path prefix.
  base: './',
  plugins: [searchBox],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    // Inlined files become data: addresses, and the page's content security policy forbids those for fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    rollupOptions: {
      input: { index: here('index.html'), playground: here('playground.html'), editor: here('editor.html'), docs: here('docs.css') },
      // The API reference is written by the server, which knows its style sheet by this name.
      output: { assetFileNames: ({ names }) => (names.includes('docs.css') ? 'docs.css' : 'assets/[name]-[hash][extname]') },
    },
  },
});
