import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

export default defineConfig({
  // Relative addresses, so that the page also works behind a path prefix.
  base: './',
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    // Inlined files become data: addresses, and the page's content security policy forbids those for fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { index: here('index.html'), playground: here('playground.html'), editor: here('editor.html'), docs: here('docs.css') },
      // The API reference is written by the server, which knows its style sheet by this name.
      output: { assetFileNames: ({ names }) => (names.includes('docs.css') ? 'docs.css' : 'assets/[name]-[hash][extname]') },
    },
  },
});
