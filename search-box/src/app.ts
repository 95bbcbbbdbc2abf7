/** The search: from what is asked to what is seen, and from what the reader does back to what is asked. */
import { BoxControls } from './box-controls.js';
import { ApiError } from './client/api-error.js';
import { Client } from './client/client.js';
import { ComeBack, mayPass } from './client/come-back.js';
import { Latest } from './client/latest.js';
import { fontIsHere } from './device/fonts.js';
import { keepPreferences, type Preferences, readPreferences, type Theme } from './device/preferences.js';
import { canListen } from './device/voice.js';
import { Flow, firstNew, neighboursOf } from './flow.js';
import { createFrame, type Frame } from './frame.js';
import { type Asked, countOfFilters, isHome, listKey, NOTHING_ASKED, onPage } from './model/asked.js';
import { guessIndex, type IndexConfig, type Language, NO_CONFIG, type PageConfig, readConfig } from './model/config.js';
import { plain } from './model/marks.js';
import type { Bars } from './model/years.js';
import { addressRouter, memoryRouter, type Router } from './router.js';
import type { Actions, Focus, Outcome, Scene } from './state.js';
import { createLocale, type Locale } from './text/locale.js';
import { el } from './views/dom.js';
import { drawFilters, type Folds } from './views/filters.js';
import { missingView, readerView } from './views/reader.js';
import { resultsView } from './views/results.js';
import { settingsView } from './views/settings.js';
import { failedView, homeView, noPageView, nothingView, waitingView } from './views/states.js';

export interface AppOptions {
  readonly host: string;
  readonly index: string | undefined;
  readonly key: string | undefined;
  readonly language: Language | undefined;
  readonly theme: Theme | undefined;
  readonly isPage: boolean;
}

/** Milliseconds before the page says that it is working. Most answers are there earlier, and nothing flickers. */
const PATIENT_UNTIL = 250;
/** Milliseconds that the first list waits for its typeface, rather than be set in another and jump. */
const FONT_PATIENCE = 2500;
/** Milliseconds of quiet after which the years are counted: not for each letter that is typed. */
const YEARS_AFTER = 300;
/** Where no configuration names an index: what `npm start` and `npm run seed` fill. */
const USUAL_INDEX = 'articles';

export class App {
  readonly #client: Client;
  readonly #flow: Flow;
  readonly #router: Router;
  readonly #searches = new Latest();
  readonly #readings = new Latest();
  readonly #comeBack = new ComeBack(() => this.#retry());
  readonly #folds: Folds = { isOpen: false, unfolded: new Set() };
  readonly #indexes = new Map<string, IndexConfig>();
  #config: PageConfig | undefined;
  #preferences = readPreferences();
  #locale: Locale;
  #frame: Frame;
  #box: BoxControls;
  #asked: Asked;
  #outcome: Outcome | undefined;
  #bars: Bars | undefined;
  #yearsTimer: ReturnType<typeof setTimeout> | undefined;
  #isFontHere = false;
  readonly #actions: Actions = {
    go: (next, focus) => this.#visit(next, 'push', focus),
    href: (asked) => this.#router.href(asked),
    closeArticle: () => this.#closeArticle(),
    retry: () => this.#retry(),
  };

  constructor(
    private readonly root: ShadowRoot,
    private readonly options: AppOptions,
  ) {
    this.#client = new Client(options.host, options.key);
    this.#flow = new Flow(this.#client);
    const moved = (): void => this.#onMove();
    this.#router = options.isPage ? addressRouter(moved) : memoryRouter(options.host, moved);
    this.#asked = this.#router.read();
    this.#locale = this.#createLocale();
    this.#frame = this.#createFrame();
    this.#box = this.#createBox();
    this.#mount();
    document.addEventListener('keydown', this.#onKey);
    // Not on a phone, where focus brings up the keyboard over half of the page; and never on somebody else's.
    if (options.isPage && isHome(this.#asked) && this.#asked.doc === undefined && matchMedia('(hover: hover)').matches)
      this.#frame.input.focus({ preventScroll: true });
    // Before anything is set in it; what comes later waits for the reader's next action.
    void this.#awaitFont().then(() => this.#outcome === undefined && this.#look());
    void this.#show(this.#asked, { scroll: this.#router.scroll });
  }

  stop(): void {
    document.removeEventListener('keydown', this.#onKey);
    this.#router.stop();
    this.#searches.cancel();
    this.#readings.cancel();
    this.#comeBack.done();
    this.#box.stop();
    clearTimeout(this.#yearsTimer);
  }

  search(query: string): void {
    this.#visit(onPage({ ...this.#asked, q: query, exact: false }, 1), 'push');
  }

  // ---- The frame and how it looks ----

  #createLocale(): Locale {
    const { languages, numerals } = this.#config ?? NO_CONFIG;
    const language = this.#preferences.language ?? this.options.language ?? languages[0] ?? 'ur';
    return createLocale(language, this.#preferences.numerals ?? numerals);
  }

  #createFrame(): Frame {
    const { t, language } = this.#locale;
    const title = this.#config?.title?.[language];
    const indexes = this.options.index === undefined ? (this.#config?.indexes ?? []) : [];
    return createFrame({
      locale: this.#locale,
      isPage: this.options.isPage,
      title: title ?? t.name,
      tagline: t.tagline,
      indexes,
      canListen: canListen(),
    });
  }

  #createBox(): BoxControls {
    return new BoxControls(this.#frame, this.#locale, {
      client: this.#client,
      asked: () => this.#asked,
      uid: () => this.#indexNow()?.uid ?? this.options.index ?? USUAL_INDEX,
      preferences: () => this.#preferences,
      prefer: (part) => this.#prefer(part),
      say: (text) => this.#say(text),
      type: (next, how) => this.#go(next, how),
      searchedAgain: () => this.#outcome?.kind === 'failed' && this.#retry(),
    });
  }

  #mount(): void {
    const { frame, options } = { frame: this.#frame, options: this.options };
    frame.top.lang = this.#locale.language;
    frame.top.dir = this.#locale.dir;
    frame.top.dataset.view = isHome(this.#asked) ? 'home' : 'results';
    frame.sort.addEventListener('change', () => this.#visit(onPage({ ...this.#asked, sort: frame.sort.value }, 1), 'push', 'stay'));
    frame.collection.addEventListener('change', () =>
      this.#visit({ ...NOTHING_ASKED, q: this.#asked.q, index: frame.collection.value }, 'push', 'stay'),
    );
    frame.brand.addEventListener('click', (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      this.#visit({ ...NOTHING_ASKED, index: this.#asked.index }, 'push', 'field');
    });
    this.#drawSettings(false);
    this.#look();
    this.root.replaceChildren(frame.top);
    if (options.isPage) Object.assign(document.documentElement, { lang: this.#locale.language, dir: this.#locale.dir });
  }

  #drawSettings(isOpen: boolean): void {
    const { languages, numerals } = this.#config ?? NO_CONFIG;
    const shown = {
      preferences: { ...this.#preferences, theme: this.#preferences.theme ?? this.options.theme },
      languages,
      language: this.#locale.language,
      numerals: this.#preferences.numerals ?? numerals,
    };
    const view = settingsView(this.#locale, shown, isOpen, (part, id) => {
      this.#prefer(part);
      this.root.getElementById(id)?.focus();
    });
    this.#frame.settingsPlace.replaceChildren(view);
  }

  #prefer(part: Partial<Preferences>): void {
    this.#preferences = { ...this.#preferences, ...part };
    keepPreferences(this.#preferences);
    if ('language' in part || 'numerals' in part) this.#rebuild(true);
    else if ('script' in part) {
      this.#isFontHere = false;
      void this.#awaitFont().then(() => this.#look());
    }
    this.#look();
  }

  /** Everything anew in another language, where the reader is. */
  #rebuild(areSettingsOpen: boolean): void {
    this.#locale = this.#createLocale();
    this.#box.stop();
    this.#frame = this.#createFrame();
    this.#box = this.#createBox();
    this.#mount();
    this.#drawSettings(areSettingsOpen);
    this.#syncControls(this.#asked);
    if (this.#outcome !== undefined) this.#draw(this.#outcome);
    else this.#drawWaiting();
    if (this.#asked.doc !== undefined && this.#outcome !== undefined) void this.#read(this.#asked, this.#asked.doc, window.scrollY);
  }

  #look(): void {
    const { script, size } = this.#preferences;
    const theme = this.#preferences.theme ?? this.options.theme ?? 'system';
    Object.assign(this.#frame.top.dataset, { script, size, theme, font: this.#isFontHere ? 'here' : 'late' });
    if (this.options.isPage) document.documentElement.dataset.theme = theme;
  }

  async #awaitFont(): Promise<void> {
    this.#isFontHere ||= await fontIsHere(this.#preferences.script, FONT_PATIENCE);
  }

  // ---- What is asked ----

  #visit(next: Asked, how: 'push' | 'replace', focus?: Focus): void {
    this.#box.settle();
    this.#go(next, how, focus);
  }

  /** As `#visit`, while the reader may still be typing. */
  #go(next: Asked, how: 'push' | 'replace', focus?: Focus): void {
    if (how === 'push') this.#router.push(next);
    else this.#router.replace(next);
    void this.#show(next, { scroll: how === 'push' && focus !== 'stay' && focus !== 'new-hit' ? 0 : undefined, focus });
  }

  #onMove(): void {
    this.#box.settle();
    void this.#show(this.#router.read(), { scroll: this.#router.scroll });
  }

  #closeArticle(): void {
    if (!this.#router.back()) this.#visit({ ...this.#asked, doc: undefined }, 'push');
  }

  #retry(): void {
    this.#outcome = undefined;
    void this.#show(this.#asked);
  }

  /** Draws one state; the only way anything gets on the page. */
  async #show(next: Asked, { scroll, focus }: { scroll?: number | undefined; focus?: Focus | undefined } = {}): Promise<void> {
    const before = this.#asked;
    this.#asked = next;
    this.#syncControls(next);
    if (this.#outcome === undefined || listKey(this.#outcome.asked) !== listKey(next)) {
      if (next.doc === undefined) this.#leaveArticle();
      const found = await this.#find(next);
      if (found === undefined) return;
      this.#outcome = found;
      this.#bars = undefined;
      this.#draw(found);
    } else {
      // The answer to this very state is still on the page: whatever is under way was for another one.
      this.#searches.cancel();
      this.#busy(false);
    }
    if (next.doc !== undefined) {
      await this.#read(next, next.doc, scroll ?? 0);
      return;
    }
    this.#leaveArticle();
    if (scroll !== undefined) this.#scrollTo(scroll);
    if (before.doc !== undefined) this.#focusHit(before.doc);
    else this.#focus(focus, next);
  }

  /** `undefined`: a newer search has begun, and this one must not touch the page. */
  async #find(next: Asked): Promise<Outcome | undefined> {
    const turn = this.#searches.begin();
    const isFirst = this.#frame.list.childElementCount === 0;
    if (isFirst) this.#drawWaiting();
    const slow = setTimeout(() => turn.isCurrent() && this.#busy(true), PATIENT_UNTIL);
    try {
      const [found] = await Promise.all([
        this.#configured(next, turn.signal).then((index) => this.#flow.find({ ...next, doc: undefined }, index, turn.signal)),
        this.#awaitFont(),
      ]);
      if (!turn.isCurrent()) return undefined;
      this.#look();
      this.#comeBack.done();
      return found;
    } catch (error) {
      if (!turn.isCurrent()) return undefined;
      return this.#failed(next, error);
    } finally {
      clearTimeout(slow);
      if (turn.isCurrent()) this.#busy(false);
    }
  }

  #failed(asked: Asked, error: unknown): Outcome {
    const failure = error instanceof ApiError ? error : new ApiError('garbled', String(error), { cause: error });
    // For developers; readers are told in their own words.
    if (failure.trouble === 'refused' || failure.trouble === 'garbled') console.warn(`justuju-search: ${failure.message}`);
    if (mayPass(failure.trouble)) this.#comeBack.failed();
    else this.#comeBack.done();
    return { kind: 'failed', asked: { ...asked, doc: undefined }, error: failure };
  }

  /** What is known of the index that is asked for; read once. */
  async #configured(next: Asked, signal: AbortSignal): Promise<IndexConfig> {
    if (this.#config === undefined) {
      const body = await this.#client.config(signal);
      this.#config = body === undefined ? NO_CONFIG : readConfig(body);
      this.#client.key ??= this.#config.key;
      for (const index of this.#config.indexes) this.#indexes.set(index.uid, index);
      if (body !== undefined && !signal.aborted) this.#rebuildForConfig();
    }
    const uid = this.#uidOf(next);
    const known = this.#indexes.get(uid);
    if (known !== undefined) return known;
    const guessed = await this.#flow.guess(uid, signal);
    this.#indexes.set(uid, guessed);
    return guessed;
  }

  /** Only where the configuration says something that is not on the page already. */
  #rebuildForConfig(): void {
    const { title, indexes } = this.#config ?? NO_CONFIG;
    const locale = this.#createLocale();
    const isSame =
      locale.language === this.#locale.language &&
      (title === undefined || title[locale.language] === this.#locale.t.name) &&
      indexes.length < 2;
    this.#locale = locale;
    if (isSame) {
      this.#drawSettings(false);
      return;
    }
    const hadFocus = this.root.activeElement?.id;
    const typed = this.#frame.input.value;
    this.#rebuild(false);
    this.#box.resume(typed);
    if (hadFocus) this.root.getElementById(hadFocus)?.focus({ preventScroll: true });
  }

  #uidOf({ index }: Asked): string {
    const first = this.#config?.indexes[0]?.uid;
    return this.options.index ?? (index || (first ?? USUAL_INDEX));
  }

  #indexNow(): IndexConfig | undefined {
    return this.#indexes.get(this.#uidOf(this.#asked));
  }

  get #scene(): Scene {
    const uid = this.#uidOf(this.#asked);
    return { locale: this.#locale, actions: this.#actions, index: this.#indexes.get(uid) ?? guessIndex(uid, [], []) };
  }

  // ---- What is drawn ----

  #drawWaiting(): void {
    if (!isHome(this.#asked)) this.#frame.top.dataset.view = 'results';
    this.#frame.bar.hidden = isHome(this.#asked);
    // Their place is kept, as most collections have some.
    this.#frame.filters.hidden = isHome(this.#asked);
    // It is as wide as its choices, which are not known yet.
    this.#frame.sortBox.hidden = true;
    this.#frame.list.replaceChildren(...waitingView(this.#locale));
  }

  #draw(found: Outcome): void {
    const { frame } = this;
    const hasAnswer = found.kind === 'found' || found.kind === 'nothing' || found.kind === 'no-page';
    // Without hits and without filters there is nothing to narrow down or to order.
    const hasChoices = found.kind === 'found' || (hasAnswer && countOfFilters(found.asked) > 0);
    const scene = this.#scene;
    // The configuration may have come with this answer.
    this.#syncControls(this.#asked);
    frame.top.dataset.view = found.kind === 'home' ? 'home' : hasChoices ? 'results' : 'notice';
    const hasFilters = scene.index.facets.length > 0 || scene.index.dateFilter !== undefined;
    frame.top.classList.toggle('plain', !hasFilters);
    frame.bar.hidden = !hasAnswer;
    frame.sortBox.hidden = !hasChoices || scene.index.sorts.length === 0;
    frame.filters.hidden = !hasChoices || !hasFilters;
    frame.status.textContent = hasAnswer ? this.#countOf(found.answer.total, found.answer.milliseconds) : '';
    if (hasAnswer && hasChoices) {
      this.#drawFilters(found);
      this.#countYears(found.asked);
    }
    frame.list.replaceChildren(...this.#viewOf(found, scene));
    if (found.kind !== 'failed') return;
    this.#box.giveWay();
    this.#say(this.#locale.t.trouble[found.error.trouble][0]);
  }

  private get frame(): Frame {
    return this.#frame;
  }

  #drawFilters(found: Exclude<Outcome, { kind: 'home' | 'failed' }>): void {
    drawFilters(this.#frame.filters, { asked: found.asked, counts: found.counts, bars: this.#bars, folds: this.#folds }, this.#scene);
  }

  #countYears(asked: Asked): void {
    clearTimeout(this.#yearsTimer);
    const { index } = this.#scene;
    if (index.dateFilter === undefined || this.#bars !== undefined) return;
    const turn = this.#searches;
    const shown = this.#outcome;
    this.#yearsTimer = setTimeout(() => {
      const aborter = new AbortController();
      void this.#flow.bars(asked, index, aborter.signal).then(
        (bars) => {
          const now = this.#outcome;
          if (turn !== this.#searches || now !== shown || now === undefined || now.kind === 'home' || now.kind === 'failed') return;
          this.#bars = bars;
          this.#drawFilters(now);
        },
        // Without the years the list is as good.
        () => undefined,
      );
    }, YEARS_AFTER);
  }

  #viewOf(found: Outcome, scene: Scene): Node[] {
    switch (found.kind) {
      case 'home':
        return homeView(found, scene);
      case 'found':
        return resultsView(found, scene);
      case 'nothing':
        return nothingView(found, scene);
      case 'no-page':
        return noPageView(found, scene);
      case 'failed':
        return failedView(found, scene);
    }
  }

  #countOf(total: number, milliseconds: number): string {
    const { t, number } = this.#locale;
    if (total <= 0) return t.none;
    return t.results(number(total), total === 1, total >= this.#scene.index.maxTotalHits, number(Math.max(1, milliseconds)));
  }

  async #read(next: Asked, id: string, scroll: number): Promise<void> {
    if (this.#outcome?.kind === 'failed') return;
    const turn = this.#readings.begin();
    const slow = setTimeout(() => turn.isCurrent() && this.#busy(true), PATIENT_UNTIL);
    const scene = this.#scene;
    let view: Node[];
    try {
      const hit = await this.#flow.article({ asked: next, shown: this.#outcome }, scene.index, id, turn.signal);
      if (!turn.isCurrent()) return;
      const open = (other: string): void => this.#visit({ ...next, doc: other }, 'push');
      const close = (): void => this.#closeArticle();
      const address = this.#router.address(next) ?? (hit?.link || undefined);
      const actions = { open, close, address, announce: (text: string) => this.#say(text) };
      view =
        hit === undefined
          ? missingView(scene, close)
          : readerView({ hit, query: next.q, ...neighboursOf(this.#outcome, id) }, actions, scene, turn.signal);
      if (this.options.isPage && hit !== undefined)
        document.title = `${plain(hit.headline) || scene.locale.t.untitled} · ${this.#titleOfSite()}`;
    } catch (error) {
      if (!turn.isCurrent()) return;
      console.warn(`justuju-search: ${String(error)}`);
      view = missingView(scene, () => this.#closeArticle());
    } finally {
      clearTimeout(slow);
    }
    this.#busy(false);
    this.#frame.reader.replaceChildren(...view);
    this.#frame.reader.hidden = false;
    this.#frame.top.dataset.reading = '';
    this.root.getElementById('reader-title')?.focus({ preventScroll: true });
    this.#scrollTo(scroll);
  }

  #leaveArticle(): void {
    this.#readings.cancel();
    this.#frame.reader.hidden = true;
    this.#frame.reader.replaceChildren();
    delete this.#frame.top.dataset.reading;
  }

  // ---- Where the reader is ----

  #focus(where: Focus | undefined, next: Asked): void {
    const { frame } = this;
    if (where === 'status') (frame.bar.hidden ? frame.list : frame.status).focus({ preventScroll: true });
    else if (where === 'field') frame.input.focus();
    else if (where === 'new-hit') frame.list.querySelectorAll<HTMLElement>('.title a')[firstNew(next)]?.focus();
    else if (where === 'stay' && this.root.activeElement === null) frame.status.focus({ preventScroll: true });
  }

  #focusHit(id: string): void {
    const hits = [...this.#frame.list.querySelectorAll<HTMLElement>('[data-doc]')];
    hits.find((hit) => hit.dataset.doc === id)?.focus({ preventScroll: this.options.isPage });
  }

  /** On somebody else's page only as far as to the top of the component, and only where that is out of sight. */
  #scrollTo(top: number): void {
    if (this.options.isPage) window.scrollTo({ top, behavior: 'instant' });
    else if (this.#frame.top.getBoundingClientRect().top < 0) this.#frame.top.scrollIntoView({ block: 'start', behavior: 'instant' });
  }

  #say(text: string): void {
    this.#frame.said.textContent = text;
  }

  #busy(is: boolean): void {
    this.#frame.progress.hidden = !is;
    this.#frame.list.setAttribute('aria-busy', String(is));
  }

  #titleOfSite(): string {
    return this.#config?.title?.[this.#locale.language] ?? this.#locale.t.name;
  }

  #syncControls(next: Asked): void {
    this.#box.sync(next);
    const { sort, collection } = this.#frame;
    const { sorts } = this.#scene.index;
    const { t, language } = this.#locale;
    sort.replaceChildren(
      el('option', { value: '' }, t.relevance),
      ...sorts.map(({ by, label }) => el('option', { value: by }, label[language])),
    );
    sort.value = sorts.some(({ by }) => by === next.sort) ? next.sort : '';
    collection.value = this.#uidOf(next);
    if (this.options.isPage && next.doc === undefined)
      document.title = next.q.trim() === '' ? this.#titleOfSite() : `${next.q.trim()} · ${this.#titleOfSite()}`;
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const target = event.composedPath()[0];
    const inField =
      target instanceof HTMLElement && target.matches('input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]');
    if (event.key === '/' && !inField) {
      event.preventDefault();
      this.#frame.input.focus();
      this.#frame.input.select();
    } else if (event.key === 'Escape' && !inField && !event.defaultPrevented && this.#asked.doc !== undefined) this.#closeArticle();
  };
}
