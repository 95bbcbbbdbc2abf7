import { analyze } from '@justuju/urdu';
import { respell, retype } from '../../../server/query/read-script.js';
import { understand } from '../../../server/query/understand.js';
import { Knowledge } from '../../../server/vocabulary/knowledge.js';
import { knowledgeOf } from '../search/collection.js';

let knowledge: Knowledge;
beforeAll(async () => {
  knowledge = await knowledgeOf(
    ['شطرنج کے کھلاڑی', 'حسن اور یقین', 'شب و روز مشاعرہ', 'پاکستان زندہ باد', 'covid اور شطرنج', 'مشاعرہ ہوا'],
    10,
  );
});

describe('respell', () => {
  it.each([
    ['husn-e-yaqeen', 'husn yaqeen', 'an izafat is not a word of its own'],
    ['shab-o-roz', 'shab و roz', 'and between two words is'],
    ['shatranj ke khilari', 'shatranj ke khilari', 'plain words stay'],
    ['شطرنج کے', 'شطرنج کے', 'Urdu stays'],
    ['شطرنج husn-e-yaqeen ', 'شطرنج husn yaqeen ', 'a space at the end stays: the word is finished'],
    ['', '', 'nothing'],
  ])('%j → %j: %s', (typed, expected) => expect(respell(typed, knowledge)).toBe(expected));

  it('leaves a collection without words by sound alone', () => expect(respell('husn-e-yaqeen', new Knowledge())).toBe('husn-e-yaqeen'));
});

describe('retype', () => {
  const read = (q: string): string | undefined => retype(analyze(q), knowledge);

  it.each<[string, string | undefined, string]>([
    ['xvrnj', 'شطرنج', 'one word'],
    ['mxaero', 'مشاعرہ', 'with the vowels of a Latin word'],
    ['shatranj', undefined, 'Roman Urdu'],
    ['hello world', undefined, 'English'],
    ['2014', undefined, 'a number alone'],
    ['شطرنج', undefined, 'a word of the collection'],
    ['شہری', undefined, 'a word that the tables know, not xori'],
    ['شطرنجج', undefined, 'a slip of a word of the collection'],
    ['چہطید', 'covid', 'Latin, with the keyboard left in Urdu'],
    ['', undefined, 'nothing'],
  ])('%j → %j: %s', (q, expected) => expect(read(q)).toBe(expected));

  it('keeps numbers', () => expect(read('xvrnj 2014')).toBe('شطرنج 2014'));

  it('makes the query one that Justuju answers', () => {
    const understood = understand('xvrnj', knowledge);
    expect(understood.retyped).toBe('شطرنج');
    expect(understood.isUrdu).toBe(true);
  });
});
