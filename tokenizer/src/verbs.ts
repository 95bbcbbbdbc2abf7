/** The forms of a regular verb, from its infinitive. Irregular forms stand in data/verbs.tsv. */

const ends = (stem: string, ...letters: string[]): boolean => letters.includes(stem.slice(-1));

/**
 * All inflected forms of a verb: infinitive, participles, perfect, subjunctive, imperatives, without auxiliaries.
 * `infinitive` in dictionary spelling, ends in نا. The bare stem (کر, دیکھ) is the last entry: it is also many a noun (کھیل, سوچ), so
 * callers decide about it apart.
 */
export function verbForms(infinitive: string): { forms: string[]; stem: string } {
  const stem = infinitive.slice(0, -2);
  const nominal = ['نا', 'نے', 'نی', 'نیں'];
  const habitual = ['تا', 'تے', 'تی', 'تیں'];
  const forms = [...nominal, ...habitual].map((ending) => stem + ending);
  if (ends(stem, 'ا', 'آ', 'و')) {
    // آنا: آیا آئے آئی آئیں, آؤں آؤ, آئیے آئیو. سونا: سویا سوئے سوئی.
    forms.push(...['یا', 'ئے', 'ئی', 'ئیں', 'ؤں', 'ؤ', 'وں', 'ئیے', 'ئیو', 'یے'].map((ending) => stem + ending));
  } else if (ends(stem, 'ی')) {
    // پینا: پیا پیے پی پیں, پیوں پیو, پیجیے.
    forms.push(...['ا', 'ے', 'ں', 'وں', 'و', 'ئے', 'ئیے', 'ئیں', 'جیے', 'جئے'].map((ending) => stem + ending));
  } else if (ends(stem, 'ے')) {
    // لینا, دینا are written لی-, so a stem in ے does not occur in an infinitive; listed forms serve.
  } else {
    forms.push(...['ا', 'ے', 'ی', 'یں', 'وں', 'و', 'یے', 'ئے', 'ئیے', 'یئے', 'یو'].map((ending) => stem + ending));
  }
  return { forms, stem };
}
