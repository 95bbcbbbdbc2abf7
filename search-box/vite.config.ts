/** The component and the search client, one module each, and the fonts beside them. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Under names of their own, so that a page can preload them; `fonts.ts` knows these names. */
const FONTS: Readonly<Record<string, string>> = {
  'nastaliq.woff2': '@fontsource/noto-nastaliq-urdu/files/noto-nastaliq-urdu-arabic-400-normal.woff2',
  'naskh.woff2': '@fontsource/noto-naskh-arabic/files/noto-naskh-arabic-arabic-400-normal.woff2',
  'naskh-bold.woff2': '@fontsource/noto-naskh-arabic/files/noto-naskh-arabic-arabic-700-normal.woff2',
};

const fonts: Plugin = {
  name: 'fonts',
  generateBundle() {
    for (const [fileName, path] of Object.entries(FONTS)) {
      const source = readFileSync(fileURLToPath(import.meta.resolve(path)));
      this.emitFile({ type: 'asset', fileName: `fonts/${fileName}`, source });
    }
  },
};

export default defineConfig({
  root: here('.'),
  base: './',
  plugins: [fonts],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: false,
    rollupOptions: {
      input: { 'search-box': here('src/index.ts'), instantsearch: here('src/instantsearch.ts') },
      preserveEntrySignatures: 'strict',
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
    },
  },
});
