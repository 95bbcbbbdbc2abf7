import { adminAuthorization, type EngineAddress } from '../meilisearch/client.js';
import type { EngineHttp } from '../meilisearch/http.js';
import { foldValue } from './fold.js';

/** The values of one attribute, by what their spellings have in common. */
interface Known {
  readonly byFold: ReadonlyMap<string, readonly string[]>;
  /** False where Meilisearch gave only the first of many. */
  readonly isComplete: boolean;
  /** Meilisearch's `maxValuesPerFacet`: an answer of that length may be cut. */
  readonly most: number;
}

/** How long values are believed, in milliseconds. */
const BELIEVED_MS = 1_000;
/** Requests that one value of an attribute with very many values may cost. */
const MOST_REQUESTS = 40;

/** Letters that people and keyboards exchange; the first is the Urdu one. Only to guess the beginnings under which a spelling may be stored. */
const EXCHANGED: readonly string[] = [
  'کك',
  'یيىئ',
  'ہهةۃھۂە',
  'اآأإٱ',
  'وؤ',
  'ےۓئ',
  '0۰٠',
  '1۱١',
  '2۲٢',
  '3۳٣',
  '4۴٤',
  '5۵٥',
  '6۶٦',
  '7۷٧',
  '8۸٨',
  '9۹٩',
];
/** Marks that may stand after a letter and say nothing about the word. */
const MARKS = ['\u064E', '\u0650', '\u064F', '\u0651', '\u0652', '\u0670', '\u0654'];

/**
 * Finds the stored spellings of facet values: a filter on `کتاب` means the documents with `كتاب` too.
 * Asks with Justuju's own key; what a caller may see is decided by the filter that is made of it, under the caller's key.
 */
export class Spellings {
  private readonly known = new Map<string, { readonly values: Promise<Known>; readonly at: number }>();

  constructor(
    private readonly http: EngineHttp,
    private readonly address: EngineAddress,
  ) {}

  /** The stored values that fold as `value` does. */
  async alike(uid: string, attribute: string, value: string): Promise<readonly string[]> {
    const fold = foldValue(value);
    const { byFold, isComplete, most } = await this.of(uid, attribute);
    const found = byFold.get(fold) ?? [];
    return isComplete ? found : [...new Set([...found, ...(await this.follow(uid, attribute, value, fold, most))])];
  }

  /** The stored values, among those known, whose fold passes a test. */
  async such(uid: string, attribute: string, passes: (fold: string) => boolean): Promise<readonly string[]> {
    const { byFold } = await this.of(uid, attribute);
    return [...byFold].flatMap(([fold, values]) => (passes(fold) ? values : []));
  }

  private of(uid: string, attribute: string): Promise<Known> {
    const key = `${uid}\0${attribute}`;
    const now = performance.now();
    const entry = this.known.get(key);
    if (entry !== undefined && now - entry.at < BELIEVED_MS) return entry.values;
    if (this.known.size > 1_000) this.known.clear();
    const values = this.ask(uid, attribute);
    this.known.set(key, { values, at: now });
    values.catch(() => this.known.delete(key));
    return values;
  }

  private async ask(uid: string, attribute: string): Promise<Known> {
    const [values, faceting] = await Promise.all([
      this.begin(uid, attribute, ''),
      this.http.request({
        method: 'GET',
        path: `/indexes/${encodeURIComponent(uid)}/settings/faceting`,
        authorization: this.authorization,
      }),
    ]);
    const { maxValuesPerFacet: most = 100 } = (faceting.json() ?? {}) as { maxValuesPerFacet?: number };
    const byFold = new Map<string, string[]>();
    for (const value of values) {
      const fold = foldValue(value);
      const alike = byFold.get(fold);
      if (alike === undefined) byFold.set(fold, [value]);
      else alike.push(value);
    }
    return { byFold, isComplete: values.length < most, most };
  }

  /** Letter by letter along the spellings that `value` may have, until the values with one beginning are few enough to be seen whole. */
  private async follow(uid: string, attribute: string, value: string, fold: string, most: number): Promise<readonly string[]> {
    const letters = [...value.normalize('NFC').replace(/[\u064B-\u0652\u0670\u0640]/g, '')];
    const found = new Set<string>();
    let beginnings = ['']; // each holds as many letters of `value` as rounds have passed
    let requests = 0;
    for (const letter of letters) {
      const next: string[] = [];
      const same = EXCHANGED.find((group) => group.includes(letter)) ?? letter;
      for (const beginning of beginnings.flatMap((one) =>
        ['', ...MARKS].flatMap((mark) => [...same].map((variant) => one + mark + variant)),
      )) {
        if (requests >= MOST_REQUESTS) return [...found];
        requests += 1;
        const values = await this.begin(uid, attribute, beginning);
        for (const one of values) if (foldValue(one) === fold) found.add(one);
        if (values.length >= most) next.push(beginning);
      }
      if (next.length === 0) break;
      beginnings = next;
    }
    return [...found];
  }

  /** The stored values that begin so, as many as Meilisearch gives. */
  private async begin(uid: string, facetName: string, facetQuery: string): Promise<readonly string[]> {
    const path = `/indexes/${encodeURIComponent(uid)}`;
    const answer = await this.http.send('POST', `${path}/facet-search`, this.authorization, { facetName, facetQuery });
    if (answer.status === 200) return (answer.json() as { facetHits: { value: string }[] }).facetHits.map(({ value }) => value);
    if (facetQuery !== '') return [];
    // The search in facets may be switched off; counting them may still be on.
    const counted = await this.http.send('POST', `${path}/search`, this.authorization, { limit: 0, facets: [facetName] });
    if (counted.status !== 200) return [];
    return Object.keys((counted.json() as { facetDistribution?: Record<string, object> }).facetDistribution?.[facetName] ?? {});
  }

  private get authorization(): string | undefined {
    return adminAuthorization(this.address);
  }
}
