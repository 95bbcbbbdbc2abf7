/** Where this module was loaded from: the fonts lie beside it, and Justuju is there unless the page says otherwise. A name of its own, or vite would look for files while building. */
export const MODULE_ADDRESS: string = import.meta.url;
