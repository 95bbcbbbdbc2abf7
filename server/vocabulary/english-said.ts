/**
 * English words that are said otherwise than their letters tell (colonel کرنل, museum میوزیم, bomb بم): respelt as they are said, without the short vowels that Urdu does not write, they are read as any loan. The collection is the proof, as ever.
 * Source: written by the Justuju authors from how English is said and Urdu writes it. Format: a word and how it is said, in letters that are heard as they stand; of two usual forms both. To change: edit a
 * line; one with anything else than small Latin letters is refused.
 */
const SAID = `
  captain kptan keptn
  colonel krnl
  lieutenant leftinnt leftnnt
  sergeant sarjnt
  soldier soljr
  corps kor
  bomb bm
  restaurant restornt restoran
  buffet bufe
  bouquet buke
  depot dipo
  debut debyu
  cafe kefe
  chauffeur shofr
  champagne shempen
  garage geraj
  bureau byuro
  plateau plato
  queue kyu
  yacht yat
  rhythm ridhm
  column kalm
  autumn atm
  receipt rsid
  salmon saman
  sugar shugr
  schedule shedyul
  audio adio
  oil ail
  tyre tair
  climate klaimt
  private praivt
  echo eko
  mayor meyr
  lawyer laiyr
  hygiene haijin
  enzyme enzaim
  equipment ekwipmnt
  chocolate chaklet
  vegetable vejitebl
  biscuit bskt
  circuit srkt
  guard gard
  guide gaid
  ocean oshn
  glacier gleshiyr
  gym jm
  sauce sas
  socialism soshlzm
  journalism jrnlzm
  tourism turazm
  terrorism terrzm
  aluminium elominiym
  calcium kelshiym
  business bzns
  february frwri
  women vimn
  half haf
  folk fok
  answer ansr
  castle kasl
  listen lsn
  mortgage margej
  courier kuriyr
  laser lezr
  lounge launj
  route rut
  recipe resipi
  tuition tyushn
  fashion feshn
  parachute perashut
  spaghetti spegeti
  iodine ayodin
  geyser gizr
  leopard leprd
  sewerage siwrej
  cupboard kbard
  iron airn`;

/** By heart: a word, and how it is said. */
const BY_HEART: ReadonlyMap<string, readonly string[]> = new Map(
  SAID.trim()
    .split('\n')
    .map((line) => {
      const [word = '', ...said] = line.trim().split(' ');
      if (said.length === 0 || ![word, ...said].every((one) => /^[a-z]+$/.test(one)))
        throw new TypeError(`"${line.trim()}" is not a word and how it is said`);
      return [word, said] as const;
    }),
);

/** What a spelling is said as wherever it stands so: letters that nobody says, and those that are said as others. */
const RULES: readonly (readonly [spelt: RegExp, said: string])[] = [
  // lamb, knight, psychology, pneumonia, tsunami, doubt.
  [/mb$/, 'm'],
  [/^kn/, 'n'],
  [/^p(?=[sn])/, ''],
  [/^t(?=s)/, ''],
  [/bt/, 't'],
  [/^h(?=(?:onest|onou?r|our|eir)$)/, ''],
  // design, foreign.
  [/(?<![aeo])ign$/, 'ain'],
  [/eign$/, 'en'],
  // high, light.
  [/igh/, 'ai'],
  // highway, subway.
  [/way$/, 'we'],
  // share, repair, pressure, measure, procedure, question.
  [/(?:are|air)$/, 'eyyr'],
  [/ssure$/, 'shar'],
  [/sure$/, 'sar'],
  [/dure$/, 'jar'],
  [/stion$/, 'schan'],
  // cycle, article.
  [/cyc(?=l)/, 'saik'],
  [/[ck]le$/, 'kal'],
  // exam, euro.
  [/^ex(?=[aeiou])/, 'egz'],
  [/^eu/, 'yu'],
  // The u of music, human, communism, which Urdu writes as two letters.
  [/(?<=[bcfhkmp])u(?=[^aeiouy][aeiou])/, 'yu'],
];

/** Letters of a beginning from which on a word by heart is known. */
const SHORTEST_BEGUN = 4;

/** Whether a word is known by heart: it is English, whatever it sounds like. */
export const isByHeart = (word: string): boolean => BY_HEART.has(word.toLowerCase());

/** How a word known by heart is said; of any other nothing. */
export const saidByHeart = (word: string): readonly string[] => BY_HEART.get(word.toLowerCase()) ?? [];

/** How an English word may be said by the rules of its letters, in letters that say so; itself first. */
export function englishAsSaid(word: string): readonly string[] {
  const letters = word.toLowerCase();
  const said = RULES.reduce((spelt, [written, sound]) => spelt.replace(written, sound), letters);
  return said === letters ? [letters] : [letters, said];
}

/** How the words by heart are said that begin so. */
export const saidOfBegun = (beginning: string): readonly string[] =>
  beginning.length < SHORTEST_BEGUN ? [] : [...BY_HEART].flatMap(([word, said]) => (word.startsWith(beginning.toLowerCase()) ? said : []));
