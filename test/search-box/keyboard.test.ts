import { KEYS, urduFor } from '../../search-box/src/device/keyboard-layouts.js';
import { Recent } from '../../search-box/src/device/recent.js';

/** Every letter of the Urdu alphabet, and the two endings of words. */
const ALPHABET = 'آابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھءیے';

it.each(['phonetic', 'standard'] as const)('the %s keyboard has every letter of Urdu once, and no Latin key twice', (layout) => {
  const keys = KEYS[layout].flat();
  const letters = keys.flatMap(([, plain, shifted]) => [plain, shifted]);
  expect([...ALPHABET].filter((letter) => !letters.includes(letter))).toEqual([]);
  expect(letters.length).toBe(new Set(letters).size);
  expect(new Set(keys.map(([latin]) => latin)).size).toBe(keys.length);
});

it('Latin keys write Urdu, capitals with Shift, and others themselves', () => {
  expect([...'kitab'].map((letter) => urduFor(letter, 'phonetic')).join('')).toBe('کیتاب');
  expect(urduFor('R', 'phonetic')).toBe('ڑ');
  expect(urduFor('k', 'standard')).toBe('ک');
  expect(urduFor('7', 'phonetic')).toBeUndefined();
});

describe('recent searches', () => {
  const recent = () => {
    let kept: string | undefined;
    const set = (value: string | undefined): void => {
      kept = value;
    };
    return new Recent({ get: () => kept, set });
  };

  it('are the newest first, each once, and few', () => {
    const all = recent();
    for (const query of ['a', 'b', ' a ', '', 'x'.repeat(200), 'c', 'd', 'e', 'f', 'g']) all.add(query);
    expect(all.all()).toEqual(['g', 'f', 'e', 'd', 'c', 'a']);
    all.erase();
    expect(all.all()).toEqual([]);
  });

  it.each(['{', '5', '{"a":1}', '[1,null,""]'])('%s, put there by somebody else, is none', (kept) =>
    expect(new Recent({ get: () => kept, set: () => undefined }).all()).toEqual([]),
  );
});
