import fc from 'fast-check';
import { isOfUrdu } from '../../../server/settings/languages.js';
import { DEFAULT_RULES, isMostlyUrdu, LEAN_RULES } from '../../../server/settings/lean.js';
import { NOTE_KEY, readNote } from '../../../server/settings/note.js';
import { type Settings, toApplied, toClient, toClientDetails } from '../../../server/settings/terms.js';
import { SHADOW_ROOT, STAMP } from '../../../server/shadow/shadow.js';
import { sortShadow } from '../../../server/shadow/sort-keys.js';

const ARABIC_KAF = '\u0643';
const TYPOS = {
  enabled: true,
  minWordSizeForTypos: { oneTypo: 5, twoTypos: 9 },
  disableOnWords: [],
  disableOnAttributes: [],
  disableOnNumbers: false,
};
const DEFAULTS: Settings = {
  searchableAttributes: ['*'],
  displayedAttributes: ['*'],
  sortableAttributes: [],
  localizedAttributes: null,
  rankingRules: DEFAULT_RULES,
  stopWords: [],
  synonyms: {},
  typoTolerance: TYPOS,
};

/** What Meilisearch holds after a settings task: null resets, typo settings change in part, lists of words come in order. */
function hold(held: Settings, change: Settings): Settings {
  const next: Settings = { ...held };
  for (const [name, value] of Object.entries(change)) {
    if (name === 'typoTolerance' && value !== null) next[name] = mergedTypos(held[name] as typeof TYPOS, value as Partial<typeof TYPOS>);
    else next[name] = value === null ? DEFAULTS[name] : name === 'stopWords' ? inOrder(value as string[]) : value;
  }
  return next;
}

function mergedTypos(held: typeof TYPOS, change: Partial<Record<keyof typeof TYPOS, unknown>>): Settings {
  const next: Record<string, unknown> = { ...held };
  for (const [name, value] of Object.entries(change)) {
    if (value === null) next[name] = TYPOS[name as keyof typeof TYPOS];
    else if (name === 'minWordSizeForTypos') next[name] = { ...held.minWordSizeForTypos, ...(value as object) };
    else next[name] = Array.isArray(value) ? inOrder(value as string[]) : value;
  }
  return next;
}

const inOrder = (words: readonly string[]): string[] => [...new Set(words)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));

const analyzed = hold(DEFAULTS, toApplied({ searchableAttributes: null, localizedAttributes: null }, {}, [], SHADOW_ROOT));
const urdu = hold(analyzed, toApplied({}, analyzed, [], SHADOW_ROOT, 'urd'));
const apply = (given: Settings, held: Settings = urdu): Settings => toApplied(given, held, Object.keys(given), SHADOW_ROOT);

describe('an index of Urdu documents', () => {
  it('is told by its note alone', () => {
    expect(isOfUrdu(urdu)).toBe(true);
    expect(isOfUrdu({ synonyms: urdu['synonyms'] })).toBe(true);
    expect(isOfUrdu(analyzed)).toBe(false);
    expect(isOfUrdu({})).toBe(false);
  });

  it('is lean in Meilisearch, and has the defaults for its client', () => {
    expect(urdu).toMatchObject({ rankingRules: LEAN_RULES, typoTolerance: { ...TYPOS, enabled: false } });
    expect(toClient(urdu)).toEqual(toClient(analyzed));
    expect(toClient(urdu)).toEqual(DEFAULTS);
  });

  it.each([
    [{ typoTolerance: { enabled: true } }, { typoTolerance: { enabled: false } }],
    [{ typoTolerance: { enabled: false } }, { typoTolerance: { enabled: false } }],
    [{ typoTolerance: { enabled: null } }, { typoTolerance: { enabled: false } }],
    [{ typoTolerance: { minWordSizeForTypos: { oneTypo: 4 } } }, { typoTolerance: { minWordSizeForTypos: { oneTypo: 4 } } }],
    [
      { typoTolerance: null },
      {
        typoTolerance: {
          enabled: false,
          minWordSizeForTypos: null,
          disableOnWords: null,
          disableOnAttributes: null,
          disableOnNumbers: null,
        },
      },
    ],
    [{ rankingRules: null }, { rankingRules: LEAN_RULES }],
    [{ rankingRules: [...DEFAULT_RULES] }, { rankingRules: LEAN_RULES }],
    [{ rankingRules: ['words', 'year:desc'] }, { rankingRules: ['words', 'year:desc'] }],
    [{ rankingRules: [...LEAN_RULES] }, { rankingRules: LEAN_RULES }],
    [{ displayedAttributes: ['id', 'title'] }, { displayedAttributes: ['id', 'title', sortShadow('id'), sortShadow('title'), STAMP] }],
    [{ sortableAttributes: ['place.city', '_geo'] }, { sortableAttributes: ['place.city', '_geo', sortShadow('place.city')] }],
    [{ sortableAttributes: [] }, { sortableAttributes: [] }],
    [{ sortableAttributes: null }, { sortableAttributes: null }],
    [{ displayedAttributes: [] }, { displayedAttributes: [STAMP] }],
    [{ displayedAttributes: ['title', '*'] }, { displayedAttributes: ['title', '*'] }],
    [{ displayedAttributes: null }, { displayedAttributes: null }],
  ] as const)('%j → %j, and the task says what was asked', (given: Settings, expected: Settings) => {
    const applied = apply(given);
    expect(applied).toMatchObject(expected);
    expect(toClientDetails(applied)).toEqual(given);
    expect(toClient(hold(urdu, applied))).toEqual(hold(DEFAULTS, given));
  });

  it('has keys only for what was sortable before its documents came', () => {
    const held = hold(urdu, apply({ sortableAttributes: ['title', 'year'] }));
    const later = toApplied({ sortableAttributes: ['city', 'title'] }, held, [], SHADOW_ROOT, 'urd', DEFAULT_RULES, false);
    expect(later['sortableAttributes']).toEqual(['city', 'title', sortShadow('title')]);
  });

  it('gives back lean rules that the client set itself', () => {
    expect(toClient(hold(urdu, apply({ rankingRules: [...LEAN_RULES] })))['rankingRules']).toEqual(LEAN_RULES);
    expect(toClient(hold(analyzed, apply({ rankingRules: [...LEAN_RULES] }, analyzed)))['rankingRules']).toEqual(LEAN_RULES);
  });

  it('takes over what was set before it held documents', () => {
    const own = { typoTolerance: { enabled: false }, rankingRules: ['words', 'sort'] };
    const held = hold(analyzed, apply(own, analyzed));
    const entering = toApplied({}, held, [], SHADOW_ROOT, 'urd');
    expect('rankingRules' in entering).toBe(false);
    expect(toClient(hold(held, entering))).toMatchObject(own);
    expect(toClientDetails(entering)).toEqual({});
  });

  it('is left as it was entered', () => {
    const leaving = toApplied({}, urdu, [], SHADOW_ROOT, null);
    expect(hold(urdu, leaving)).toMatchObject({ rankingRules: DEFAULT_RULES, typoTolerance: TYPOS });
    expect(isOfUrdu(hold(urdu, leaving))).toBe(false);
    expect(toClientDetails(leaving)).toEqual({});
  });

  it('keeps its note when synonyms are reset, and changes nothing where nothing is to change', () => {
    expect(isOfUrdu(hold(urdu, apply({ synonyms: null })))).toBe(true);
    expect(apply({ separatorTokens: ['|'] })).toEqual({ separatorTokens: ['|'] });
    expect(toApplied({}, urdu, [], SHADOW_ROOT, 'urd')).toEqual({});
  });

  it('shows what somebody set past Justuju as it is', () => {
    expect(toClient(hold(urdu, { rankingRules: ['words', 'typo'], typoTolerance: { enabled: true } }))).toMatchObject({
      rankingRules: ['words', 'typo'],
      typoTolerance: { enabled: true },
    });
  });

  it('shows one batch of several tasks without what is ours', () => {
    const details = { ...toApplied({}, analyzed, [], SHADOW_ROOT, 'urd'), stopWords: ['the'] };
    const note = (apply({ stopWords: ['the'], typoTolerance: null }) as { synonyms: object }).synonyms;
    expect(toClientDetails({ ...details, synonyms: note }, 2)).toMatchObject({ stopWords: ['the'] });
    expect(JSON.stringify(toClientDetails({ ...details, synonyms: note }, 2))).not.toMatch(/_urdu|note of justuju|"enabled":false/);
  });
});

describe('an index of other documents', () => {
  it.each([
    { typoTolerance: { enabled: false, minWordSizeForTypos: { oneTypo: 3 } } },
    { typoTolerance: null },
    { rankingRules: null },
    { rankingRules: [...DEFAULT_RULES] },
    { rankingRules: [...LEAN_RULES] },
  ])('gets %j as it is, without a note', (given: Settings) => expect(apply(given, analyzed)).toEqual(given));
});

describe('whatever is set, in whatever order, also across a change of mode', () => {
  const word = fc.constantFrom('iphone', 'a', 'پاکستان', `${ARABIC_KAF}تاب`, 'کتاب', 'وز\u064Aر');
  // Lists of words and attributes are sets to Meilisearch, shown in order.
  const words = fc.uniqueArray(word, { maxLength: 3 }).map(inOrder);
  const orReset = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { nil: null, freq: 5 });
  const given: fc.Arbitrary<Settings> = fc.record(
    {
      typoTolerance: orReset(
        fc.record(
          {
            enabled: orReset(fc.boolean()),
            minWordSizeForTypos: orReset(fc.record({ oneTypo: fc.nat(5), twoTypos: fc.integer({ min: 5, max: 9 }) }, { requiredKeys: [] })),
            disableOnWords: orReset(words),
            disableOnAttributes: orReset(fc.uniqueArray(fc.constantFrom('id', 'title', 'author.name')).map(inOrder)),
            disableOnNumbers: orReset(fc.boolean()),
          },
          { requiredKeys: [] },
        ),
      ),
      rankingRules: orReset(
        fc.oneof(
          fc.constant([...DEFAULT_RULES]),
          fc.constant([...LEAN_RULES]),
          fc.shuffledSubarray([...DEFAULT_RULES]),
          fc.constant(['year:asc']),
        ),
      ),
      displayedAttributes: orReset(fc.uniqueArray(fc.constantFrom('id', 'title', 'grid', '*'))),
      stopWords: orReset(words),
      synonyms: orReset(fc.dictionary(word, fc.uniqueArray(word, { minLength: 1, maxLength: 1 }), { minKeys: 1, maxKeys: 1 })),
    },
    { requiredKeys: [] },
  );
  const step = fc.oneof({ weight: 4, arbitrary: given }, { weight: 1, arbitrary: fc.constantFrom('urdu', 'plain') });

  it('the client reads what Meilisearch would show without Justuju, and tasks show what it asked', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 6 }), (steps) => {
        let held = analyzed;
        let model = DEFAULTS;
        let isUrdu = false;
        for (const one of steps) {
          if (typeof one === 'string') {
            isUrdu = one === 'urdu';
            const applied = toApplied({}, held, [], SHADOW_ROOT, isUrdu ? 'urd' : null);
            held = hold(held, applied);
            expect(toClientDetails(applied)).toEqual({});
          } else {
            const applied = toApplied(one, held, Object.keys(one), SHADOW_ROOT);
            expect(toClientDetails(applied)).toEqual(one);
            held = hold(held, applied);
            model = hold(model, one);
          }
          expect(toClient(held)).toEqual(model);
          expect(isOfUrdu(held)).toBe(isUrdu);
          const { enabled } = model['typoTolerance'] as { enabled: boolean };
          expect(held).toMatchObject({ typoTolerance: { enabled: enabled && !isUrdu } });
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('isMostlyUrdu', () => {
  it.each([
    [0, 0, false],
    [0, 1, false],
    [1, 1, true],
    [1, 2, true],
    [1, 3, false],
    [500, 1_000, true],
  ])('%d of %d: %j', (some, all, expected) => expect(isMostlyUrdu(some, all)).toBe(expected));
});

describe('the note', () => {
  it('is what Meilisearch shows, and nothing of it is needed to read the rest', () => {
    const synonyms = urdu['synonyms'] as Record<string, readonly string[]>;
    expect(Object.keys(synonyms)).toEqual([NOTE_KEY]);
    expect(readNote(synonyms).urdu).toEqual({ typos: true, rules: true });
    expect(readNote({ [NOTE_KEY]: ['somebody', 'else'] })).toEqual({ originals: {} });
  });
});
