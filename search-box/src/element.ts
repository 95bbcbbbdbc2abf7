/** The element: attributes in, a shadow root with the search in it. */
import { App, type AppOptions } from './app.js';
import { declareFonts } from './device/fonts.js';
import { THEMES } from './device/preferences.js';
import { LANGUAGES } from './model/config.js';
import { MODULE_ADDRESS } from './place.js';
import { createStyles } from './styles.js';

/**
 * `<justuju-search host index key lang theme page>`; all may be left out.
 *
 * - `host`: address of the Justuju; where the module comes from.
 * - `index`: the collection; the first that the server's page configuration names.
 * - `key`: with the right to search; the one of the page configuration.
 * - `lang`: `ur` or `en`, the language of the interface. `theme`: `light`, `dark` or `system`.
 * - `page`: the component is the whole page, and the page's address tells what is searched.
 */
export class JustujuSearch extends HTMLElement {
  static readonly observedAttributes = ['host', 'index', 'key', 'lang', 'theme', 'page'];
  #app: App | undefined;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [createStyles()];
  }

  connectedCallback(): void {
    declareFonts();
    this.#start();
  }

  disconnectedCallback(): void {
    this.#app?.stop();
    this.#app = undefined;
  }

  attributeChangedCallback(_name: string, before: string | null, now: string | null): void {
    if (this.#app === undefined || before === now) return;
    this.#app.stop();
    this.#start();
  }

  /** Searches for these words, as if they had been typed. */
  search(query: string): void {
    this.#app?.search(query);
  }

  #start(): void {
    const root = this.shadowRoot;
    if (root !== null) this.#app = new App(root, this.#options());
  }

  #options(): AppOptions {
    const one = <Value extends string>(values: readonly Value[], name: string): Value | undefined =>
      values.find((value) => value === this.getAttribute(name));
    return {
      host: new URL(this.getAttribute('host') ?? new URL('.', MODULE_ADDRESS).href, location.href).href,
      index: this.getAttribute('index') || undefined,
      key: this.getAttribute('key') || undefined,
      language: one(LANGUAGES, 'lang'),
      theme: one(THEMES, 'theme'),
      isPage: this.hasAttribute('page'),
    };
  }
}
