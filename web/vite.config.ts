import { defineConfig } from 'vite';

export default defineConfig({
  // Relative addresses, so that the page also works behind a path prefix.
  base: './',
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    // Inlined files become data: addresses, and the page's content security policy forbids those for fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
