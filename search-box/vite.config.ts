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

/** What knows `light-dark()` and container queries: from the beginning of 2024 on. */
const TARGET = ['chrome123', 'firefox120', 'safari17.5'];

/** Each of the two is one file with all that it needs, so they are built apart: `--mode instantsearch` builds the second beside the first. */
export default defineConfig(({ mode }) => {
  const name = mode === 'instantsearch' ? 'instantsearch' : 'search-box';
  return {
    root: here('.'),
    base: './',
    plugins: name === 'search-box' ? [fonts] : [],
    build: {
      outDir: 'dist',
      emptyOutDir: name === 'search-box',
      target: TARGET,
      modulePreload: false,
      rollupOptions: {
        input: { [name]: here(name === 'search-box' ? 'src/index.ts' : 'src/instantsearch.ts') },
        preserveEntrySignatures: 'strict',
        output: { entryFileNames: '[name].js' },
      },
    },
  };
});
