/**
 * What readers may ask of the sample articles (samples/), and the articles they want first. Each expectation was decided by reading the articles,
 * before anything was searched; a query that the engine answers otherwise is a fault of the engine, or `fails` with the reason.
 */
export interface Query {
  readonly q: string;
  /** The first hits, by the names of the files in samples/. */
  readonly first: readonly string[];
  /** The first hits are equally right: any order among them will do. */
  readonly anyOrder?: true;
  /** Not among the hits at all. */
  readonly not?: readonly string[];
  /** Why these are what the reader wants. */
  readonly why: string;
  /** What `didYouMean` says; undefined: nothing, for the query is right as it is. `ANYTHING`: whatever it says is not judged here. */
  readonly didYouMean?: string | typeof SOMETHING | typeof ANYTHING;
  /** `urdu: {"exact": true}`: no rewriting. */
  readonly exact?: true;
  /** A known fault in the hits: the reason. */
  readonly fails?: string;
  /** A known fault in `didYouMean`: the reason. */
  readonly saysOtherwise?: string;
}

/** `didYouMean` is there; how it is worded is judged elsewhere. */
export const SOMETHING = Symbol('something');
export const ANYTHING = Symbol('anything');

export const QUERIES: Readonly<Record<string, readonly Query[]>> = {
  'plain words': [
    { q: 'بریانی', first: ['chicken-biryani'], why: 'the only article that names it' },
    { q: 'شطرنج کے کھلاڑی', first: ['school-chess'], why: 'only one is about chess; players are in all of sport' },
    { q: 'نیزہ طلائی تمغہ', first: ['javelin-gold'], why: 'in the title; hockey won gold too, but threw nothing' },
    { q: 'برقی بسیں', first: ['city-bus-service'], why: 'in the title' },
    { q: 'ہاکی', first: ['hockey-past', 'javelin-gold'], why: 'what the article is about before what it mentions' },
    { q: 'کبڈی', first: ['kabaddi-mela', 'village-fair'], why: 'in the title before in the text' },
    { q: 'شیر خرما', first: ['sheer-khurma', 'eid-customs'], why: 'the recipe before the custom' },
    { q: 'نابینا ڈولفن', first: ['indus-dolphin'], why: 'in the title' },
    { q: 'ڈی این اے', first: ['dna-basics', 'indus-dolphin'], why: 'the article about it before the one that uses it' },
    { q: 'آتش فشاں پہاڑ', first: ['volcanoes', 'jupiter-moons'], why: 'mountains on earth before those on Io' },
    { q: 'مزدور کی تنخواہ', first: ['minimum-wage'], why: 'wages of workers, though the title has another word for them' },
    { q: 'غالب کے خطوط', first: ['ghalib-letters-verses'], why: 'the letters, not the ghazal at the mushaira' },
    { q: 'شمسی توانائی', first: ['investment-forum'], why: 'agreements on solar power' },
  ],

  'a whole title': [
    { q: 'وادیِ سندھ کے شہر جو مٹی سے نکل آئے', first: ['indus-cities'], why: 'its title' },
    { q: 'پانچ دن کا ٹیسٹ میچ آج بھی اصل امتحان کیوں ہے؟', first: ['test-match-draw'], why: 'its title, eleven words' },
    { q: 'کابلی پلاؤ: گاجر اور کشمش کا ذائقہ', first: ['kabuli-pulao'], why: 'its title, with a colon' },
    { q: '1857ء: دہلی کا آخری دربار', first: ['war-of-1857'], why: 'its title, with a year' },
    { q: 'کم از کم اجرت اور مزدور کے حقوق', first: ['minimum-wage'], why: 'its title, half of it function words' },
    { q: 'مشاعرہ: واہ واہ سے مکرر تک', first: ['mushaira-night'], why: 'its title, with a word twice' },
  ],

  'Arabic letters': [
    { q: 'گلابي كشميري چائے كا راز', first: ['kashmiri-tea'], why: 'ي and ك typed, ی and ک written' },
    { q: 'سندھی کڑھی', first: ['sindhi-curry'], why: 'ی typed, ي written' },
    { q: 'بلیک ہول کی تصویر', first: ['black-holes'], why: 'ک and ہ typed, ك and ه written' },
    { q: 'شاهراه ريشم', first: ['silk-road-caravans'], why: 'as it is written' },
    { q: 'لیاری کی لڑکیوں کا فٹ بال کپ', first: ['women-football'], why: 'Urdu letters for an article in Arabic ones' },
  ],

  'marks, composition, presentation forms': [
    { q: 'قَوَّالی کی مَحفِل', first: ['qawwali-night'], why: 'vowel marks nobody writes' },
    { q: 'علم نباتات', first: ['photosynthesis'], why: 'the article writes عِلمِ' },
    { q: 'لُو لگنا', first: ['heatstroke'], why: 'a word of two letters, with its mark' },
    { q: 'آنکھوں کا مفت کیمپ'.normalize('NFD'), first: ['eye-camp'], why: 'آ in two code points' },
    { q: 'لکھنؤ میں پہلی فتح'.normalize('NFD'), first: ['test-match-draw'], why: 'ؤ in two code points' },
    { q: '\uFEA3\uFEE0\uFBFF\uFEE2', first: ['haleem'], why: 'presentation forms, as copied from a PDF' },
    { q: 'چاول کی \uFB90\uFBAD\uFBFF\uFEAE', first: ['rice-kheer'], why: 'presentation forms for one word' },
    { q: 'جھیل دگنی', first: ['northern-glaciers'], why: 'the article stretches جھـــیل with tatweels' },
    { q: '\u202Bنہاری\u202C', first: ['nihari'], why: 'direction marks around the word' },
  ],

  digits: [
    { q: 'آئین ۱۹۷۳', first: ['constitution-1973'], why: 'Urdu digits typed, ASCII written' },
    { q: '1947 کی ہجرت', first: ['partition-migration'], why: 'ASCII digits typed, Urdu written' },
    { q: '٤٢ کلومیٹر', first: ['city-marathon'], why: 'Arabic digits typed' },
    { q: '1857', first: ['war-of-1857'], why: 'a year alone' },
  ],

  'spacing of compounds': [
    { q: 'سرمایہ\u200Cکاری کانفرنس', first: ['investment-forum'], why: 'zero width non-joiner' },
    { q: 'سرمایہ کاری کانفرنس', first: ['investment-forum'], why: 'two words' },
    { q: 'خیبرپختونخوا امن جرگہ', first: ['peace-meeting'], why: 'joined in the query, apart in the title' },
    { q: 'دہشتگردی کے خلاف جرگہ', first: ['peace-meeting'], why: 'joined in the query, both ways in the text' },
    { q: 'آتش\u200Cفشاں', first: ['volcanoes', 'jupiter-moons'], why: 'one word in the query, two in both texts', didYouMean: ANYTHING },
    { q: 'آتشفشاں', first: ['volcanoes', 'jupiter-moons'], why: 'run together, though the letters join', didYouMean: ANYTHING },
    { q: 'موہنجوداڑو کا حوض', first: ['indus-cities'], why: 'one word for many writers, two in the article', didYouMean: ANYTHING },
    { q: 'تپدق', first: ['tuberculosis'], why: 'usual as one word; two with an izafat in the article', didYouMean: ANYTHING },
    { q: 'کرایہ\u200Cدار', first: ['rent-agreement'], why: 'two words in the article' },
    { q: 'کتاب خانہ بغداد', first: ['house-of-wisdom'], why: 'apart, as it is written there' },
    { q: 'کتابخانہ بغداد', first: ['house-of-wisdom'], why: 'joined, written apart there', didYouMean: ANYTHING },
  ],

  'spaces left out or put in': [
    { q: 'شہدکی مکھی کارقص', first: ['honey-bees'], why: 'spaces forgotten after letters that do not join', didYouMean: SOMETHING },
    { q: 'دریاپر نئےپل کاافتتاح', first: ['river-bridge'], why: 'three spaces forgotten', didYouMean: SOMETHING },
    { q: 'شیرشاہ سوری', first: ['sher-shah-road'], why: 'a name run together', didYouMean: ANYTHING },
    { q: 'بر یانی', first: ['chicken-biryani'], why: 'a space inside a word', didYouMean: 'بریانی' },
    { q: 'ذیا بیطس کی علامات', first: ['diabetes-care'], why: 'a space inside a word', didYouMean: 'ذیابیطس کی علامات' },
    {
      q: 'اسکو اش کے کھلاڑی',
      first: ['squash-legends'],
      why: 'a space inside a word',
      didYouMean: 'اسکواش کے کھلاڑی',
    },
  ],

  'sound-alike letters': [
    { q: 'زیابیطس', first: ['diabetes-care'], why: 'ز for ذ', didYouMean: 'ذیابیطس' },
    { q: 'ہلیم', first: ['haleem'], why: 'ہ for ح', didYouMean: 'حلیم' },
    { q: 'وراصت میں عورت کا حصہ', first: ['inheritance-shares'], why: 'ص for ث', didYouMean: 'وراثت میں عورت کا حصہ' },
    {
      q: 'زمانت',
      first: ['bail-kinds'],
      why: 'ز for ض at the start',
      didYouMean: 'ضمانت',
    },
    { q: 'شترنج', first: ['school-chess'], why: 'ت for ط', didYouMean: 'شطرنج' },
    { q: 'شحد کی مکھی', first: ['honey-bees'], why: 'a word of three letters, ح for ہ', didYouMean: 'شہد کی مکھی' },
    { q: 'نسطعلیق', first: ['nastaliq-calligraphy'], why: 'ط for ت', didYouMean: 'نستعلیق' },
  ],

  'slips of the finger': [
    { q: 'شطرج ', first: ['school-chess'], why: 'a letter missing', didYouMean: 'شطرنج' },
    { q: 'گلیشیرر ', first: ['northern-glaciers'], why: 'a letter doubled', didYouMean: SOMETHING },
    { q: 'ڈنیگی ', first: ['dengue-season'], why: 'two letters swapped', didYouMean: 'ڈینگی' },
    { q: 'بولیو کے قطرے', first: ['polio-drops'], why: 'one dot for three; بولیو is an old form of بولنا too', didYouMean: ANYTHING },
    {
      q: 'کیھر ',
      first: ['rice-kheer'],
      why: 'four letters, two swapped',
      didYouMean: 'کھیر',
      fails: 'ھ after ی is folded to ہ, so that the swap is no longer one',
      saysOtherwise: 'the same',
    },
    { q: 'بجت ', first: ['municipal-budget'], why: 'three letters, ت for ٹ', didYouMean: 'بجٹ' },
    { q: 'اجرق ', first: ['ajrak-sindh'], why: 'four letters, a sound-alike', didYouMean: 'اجرک' },
    { q: 'ساغ ', first: ['saag-makai'], why: 'three letters, غ for گ', didYouMean: 'ساگ' },
    { q: 'کشمیری چاہے', first: ['kashmiri-tea'], why: 'a real word for چائے: the other word decides', didYouMean: ANYTHING },
    { q: 'مشتری کے چند', first: ['jupiter-moons'], why: 'a real word for چاند: the other word decides', didYouMean: ANYTHING },
  ],

  'inflected forms': [
    { q: 'گلیشیروں کا پگھلنا', first: ['northern-glaciers'], why: 'oblique plural and an infinitive; the article has گلیشیر, پگھل' },
    { q: 'مشاعرے', first: ['mushaira-night', 'book-fair'], why: 'oblique; the title before the mention' },
    { q: 'قوالیاں', first: ['qawwali-night'], why: 'plural of what the article writes in the singular' },
    { q: 'سیاروں کے چاند', first: ['jupiter-moons'], why: 'the article has سیارہ' },
    { q: 'ضمانتیں', first: ['bail-kinds'], why: 'plural' },
    { q: 'حرف کی لمبائی', first: ['nastaliq-calligraphy'], why: 'the title has the broken plural حروف' },
    { q: 'حلیمیں', first: ['haleem'], why: 'a plural that nobody wrote' },
    { q: 'مچھروں کا کاٹنا', first: ['dengue-season'], why: 'the article has مچھر, کاٹتا' },
    { q: 'مہروں کی چال', first: ['school-chess'], why: 'the article has مہرہ, مہرے' },
    { q: 'کھجور', first: ['sheer-khurma', 'city-marathon'], why: 'the very form above کھجوروں' },
    { q: 'کھجوروں', first: ['city-marathon', 'sheer-khurma'], why: 'the very form above کھجور' },
    { q: 'کشتی', first: ['flood-relief'], why: 'the very form above کشتیوں and کشتیاں' },
    { q: 'کشتیاں', first: ['river-bridge'], why: 'the very form above کشتی' },
  ],

  'Roman Urdu': [
    { q: 'biryani', first: ['chicken-biryani'], why: 'as everybody writes it', didYouMean: 'بریانی' },
    { q: 'biriyani', first: ['chicken-biryani'], why: 'another spelling', didYouMean: 'بریانی' },
    { q: 'ghalib ki shayari', first: ['ghalib-letters-verses'], why: 'in the title', didYouMean: 'غالب کی شاعری' },
    { q: 'ghalib ki shairi', first: ['ghalib-letters-verses'], why: 'another spelling', didYouMean: 'غالب کی شاعری' },
    { q: 'qawwali', first: ['qawwali-night'], why: 'doubled letter', didYouMean: 'قوالی' },
    { q: 'qawali', first: ['qawwali-night'], why: 'not doubled', didYouMean: 'قوالی' },
    { q: 'khoon ka atiya', first: ['blood-donation'], why: 'in the title', didYouMean: 'خون کا عطیہ' },
    { q: 'chapli kabab', first: ['chapli-kebab'], why: 'in the title', didYouMean: 'چپلی کباب' },
    { q: 'shatranj', first: ['school-chess'], why: 'in the title', didYouMean: 'شطرنج' },
    { q: 'sher shah suri ki sarak', first: ['sher-shah-road'], why: 'in the title', didYouMean: SOMETHING },
    { q: 'sarson ka saag', first: ['saag-makai'], why: 'in the title', didYouMean: 'سرسوں کا ساگ' },
    { q: 'bijli ki bandish', first: ['power-cuts'], why: 'in the title', didYouMean: 'بجلی کی بندش' },
    {
      q: 'mohabbat',
      first: ['ghalib-letters-verses', 'qawwali-night', 'photosynthesis'],
      anyOrder: true,
      why: 'each has it once, with marks',
      didYouMean: SOMETHING,
    },
  ],

  'scripts mixed': [
    { q: 'lahore کا شاہی qila', first: ['lahore-fort'], why: 'Roman and Urdu', didYouMean: SOMETHING },
    {
      q: 'DNA کی شکل',
      first: ['dna-basics'],
      why: 'an English word that the article writes so',
    },
    {
      q: 'DNA',
      first: ['dna-basics'],
      why: 'the only one that writes it in Latin letters',
    },
    {
      q: 'FIR',
      first: ['fir-registration'],
      why: 'the only one that writes it in Latin letters',
    },
    {
      q: 'WHO',
      first: ['polio-drops', 'covid-lessons'],
      anyOrder: true,
      why: 'both write it',
    },
    { q: 'DRS', first: ['lbw-rule'], why: 'the only one that writes it' },
    { q: 'T20 final', first: ['t20-city-final'], why: 'English words, one of them written فائنل', didYouMean: ANYTHING },
    { q: 'covid ویکسین', first: ['covid-lessons'], why: 'English and Urdu' },
    { q: 'PECA قانون', first: ['cyber-crime'], why: 'a law by its English letters' },
    { q: 'iqbal ka paigham سیالکوٹ', first: ['iqbal-day'], why: 'Roman first, Urdu last', didYouMean: SOMETHING },
  ],

  Devanagari: [
    { q: 'मिर्ज़ा ग़ालिब', first: ['ghalib-letters-verses'], why: 'with nuqta', didYouMean: 'مرزا غالب' },
    { q: 'गालिब की शायरी', first: ['ghalib-letters-verses'], why: 'without nuqta', didYouMean: 'غالب کی شاعری' },
    { q: 'शतरंज', first: ['school-chess'], why: 'in the title', didYouMean: 'شطرنج' },
    { q: 'लाहौर का क़िला', first: ['lahore-fort'], why: 'in the title', didYouMean: SOMETHING },
    { q: 'कश्मीरी चाय', first: ['kashmiri-tea'], why: 'in the title; Urdu ends it with ے', didYouMean: 'کشمیری چائے' },
  ],

  'the wrong keyboard': [
    { q: 'xvrnj', first: ['school-chess'], why: 'شطرنج on a phonetic layout', didYouMean: 'شطرنج' },
    { q: 'mxaero', first: ['mushaira-night'], why: 'مشاعرہ', didYouMean: 'مشاعرہ' },
    { q: 'glixir pghl roy oiN', first: ['northern-glaciers'], why: 'گلیشیر پگھل رہے ہیں', didYouMean: 'گلیشیر پگھل رہے ہیں' },
    { q: 'Jmant ki qsmiN', first: ['bail-kinds'], why: 'ضمانت کی قسمیں', didYouMean: 'ضمانت کی قسمیں' },
    { q: 'چہطید', first: ['covid-lessons'], why: 'covid, with the keyboard left in Urdu', didYouMean: SOMETHING },
  ],

  questions: [
    {
      q: 'لو لگنے کی صورت میں مریض کو فوری طور پر کیا طبی امداد دینی چاہیے اور اس کی علامات کیا ہیں',
      first: ['heatstroke'],
      why: 'symptoms and help; twenty words, most of them everywhere',
    },
    {
      q: 'مکان کرائے پر لیتے وقت معاہدے میں کون سی باتیں لکھنی چاہئیں تاکہ بعد میں مالک سے جھگڑا نہ ہو',
      first: ['rent-agreement'],
      why: 'what the article advises',
      didYouMean: ANYTHING,
    },
    {
      q: 'سورج کی روشنی زمین تک پہنچنے میں کتنے منٹ لگتے ہیں',
      first: ['speed-of-light'],
      why: 'eight minutes; photosynthesis has sunlight too',
    },
    { q: 'اینٹی بائیوٹک وائرس کے خلاف کیوں کام نہیں کرتی', first: ['antibiotics'], why: 'answered in its first sentence' },
    { q: 'ہمیں رات کو کتنے گھنٹے سونا چاہیے', first: ['good-sleep'], why: 'seven to nine' },
    { q: 'پولیس رپورٹ درج نہ کرے تو شہری کیا کرے', first: ['fir-registration'], why: 'what to do when the police does not write an FIR' },
  ],

  verses: [
    { q: 'ہزاروں خواہشیں ایسی کہ ہر خواہش پہ دم نکلے', first: ['ghalib-letters-verses'], why: 'quoted there' },
    { q: 'ستاروں سے آگے جہاں اور بھی ہیں', first: ['iqbal-day'], why: 'quoted there; all words but one are common' },
    {
      q: 'پتا پتا بوٹا بوٹا حال ہمارا جانے ہے جانے نہ جانے گل ہی نہ جانے باغ تو سارا جانے ہے',
      first: ['mir-lament'],
      why: 'a couplet of twenty words',
    },
    { q: 'الٹی ہو گئیں سب تدبیریں کچھ نہ دوا نے کام کیا', first: ['mir-lament'], why: 'quoted in a sentence' },
    {
      q: 'ہزاروں حسرتیں ایسی کہ ہر حسرت پہ دم نکلے',
      first: ['ghalib-letters-verses'],
      why: 'misremembered: another noun, twice',
      didYouMean: ANYTHING,
    },
    { q: 'ستاروں کے آگے جہاں اور بھی ہے', first: ['iqbal-day'], why: 'misremembered: two function words' },
    { q: 'لب پر آتی ہے دعا بن کر تمنا میری', first: ['iqbal-day'], why: 'misremembered: پر for پہ, کر for کے' },
    {
      q: 'hazaron khwahishen aisi ke har khwahish pe dam nikle',
      first: ['ghalib-letters-verses'],
      why: 'in Roman letters',
      didYouMean: SOMETHING,
    },
    { q: 'सितारों से आगे जहाँ और भी हैं', first: ['iqbal-day'], why: 'in Devanagari', didYouMean: SOMETHING },
  ],

  'phrases and negatives': [
    { q: '"قومی کھیل"', first: ['hockey-past'], not: ['river-swimming'], why: 'the only one with the two words together' },
    { q: '“خون کا عطیہ”', first: ['blood-donation'], not: ['flood-relief'], why: 'typographic quotes' },
    { q: 'ہاکی -نیزہ', first: ['hockey-past'], not: ['javelin-gold'], why: 'without the javelin' },
    { q: '-نیزہ ہاکی', first: ['hockey-past'], not: ['javelin-gold'], why: 'the negative first' },
    { q: 'شیر خرما \u2013فطرانہ', first: ['sheer-khurma'], not: ['eid-customs'], why: 'an en dash for the minus' },
    {
      q: 'آتش فشاں -"نظام شمسی"',
      first: ['volcanoes'],
      not: ['jupiter-moons'],
      why: 'an unwanted phrase, which the text writes with an izafat',
    },
  ],

  'a word being typed': [
    { q: 'شطر', first: ['school-chess'], why: 'of شطرنج' },
    { q: 'چپلی کبا', first: ['chapli-kebab'], why: 'of کباب' },
    { q: 'گلیشیرو', first: ['northern-glaciers'], why: 'of گلیشیروں, a form that is written nowhere', didYouMean: ANYTHING },
    { q: 'مشاعر', first: ['mushaira-night'], why: 'of مشاعرہ, مشاعرے' },
    {
      q: 'birya',
      first: ['chicken-biryani'],
      why: 'of biryani',
      didYouMean: ANYTHING,
    },
    {
      q: 'qawwa',
      first: ['qawwali-night'],
      why: 'of qawwali',
      didYouMean: ANYTHING,
    },
    {
      q: 'shatr',
      first: ['school-chess'],
      why: 'of shatranj',
      didYouMean: ANYTHING,
    },
    { q: 'ghalib ki shay', first: ['ghalib-letters-verses'], why: 'of shayari', didYouMean: ANYTHING },
    { q: 'کشمیری چا', first: ['kashmiri-tea'], why: 'of چائے, many words begin so' },
  ],

  'exact, as asked': [
    { q: 'شطرنج', first: ['school-chess'], exact: true, why: 'right as it is' },
    { q: 'زیابیطس', first: [], exact: true, why: 'nobody wrote it so' },
    { q: 'biryani', first: [], exact: true, why: 'nobody wrote it so' },
    { q: 'xvrnj', first: [], exact: true, why: 'no other keyboard' },
  ],
};
