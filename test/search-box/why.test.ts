import { explain as explainIn, markReasons, type Reason, type WordReason } from '../../search-box/src/model/why.js';
import { STRINGS } from '../../search-box/src/text/strings.js';

const found = (word: string, reason: Reason, form = word, field = 'body'): WordReason => ({ word, reason, form, field });

const explain = (reasons: readonly WordReason[], query: string) => explainIn(reasons, query, STRINGS.ur);

describe('explain', () => {
  it('sums up what stands there as typed, without function words', () => {
    expect(explain([found('کتاب', 'exact'), found('کی', 'exact'), found('دکان', 'exact')], 'کتاب کی دکان').exact).toEqual(['کتاب', 'دکان']);
  });

  it('keeps function words where there is nothing else', () => {
    expect(explain([found('کیا', 'exact'), found('ہے', 'exact')], 'کیا ہے')).toEqual({ exact: ['کیا', 'ہے'], others: [] });
  });

  it('tells a compound as one, and as exact when the reader joined it himself', () => {
    const reasons = [found('وزیر', 'joined', 'وزیراعظم'), found('اعظم', 'joined', 'وزیراعظم')];
    expect(explain(reasons, 'وزیر اعظم').others).toEqual([{ word: 'وزیر اعظم', form: 'وزیراعظم', how: 'ملا کر لکھا' }]);
    expect(explain(reasons, 'نئے وزیراعظم')).toEqual({ exact: ['وزیراعظم'], others: [] });
  });

  it('tells vowel marks from other letters', () => {
    const hows = (word: string, form: string) => explain([found(word, 'spelling', form)], word).others.map(({ how }) => how);
    expect(hows('زندگی', 'زِندگی')).toEqual(['اعراب کا فرق']);
    expect(hows('لئے', 'لیے')).toEqual(['املا کا فرق']);
    // A composed alef with madda is a letter of its own, not an alef with a mark.
    expect(hows('اج', 'آج')).toEqual(['املا کا فرق']);
  });

  it('speaks English where the interface does', () => {
    expect(explainIn([found('کتابوں', 'inflected', 'کتاب')], 'کتابوں', STRINGS.en).others[0]?.how).toBe('inflected form');
  });
});

describe('marks', () => {
  const mark = markReasons([found('کتابوں', 'inflected', 'کتاب'), found('کی', 'exact')], 'کتابوں کی', STRINGS.ur);

  it('tell why a word was found', () => expect(mark('کتاب')).toEqual({ isShown: true, reason: 'کتابوں: دوسری شکل' }));
  it('are not shown on function words', () => expect(mark('کی').isShown).toBe(false));
  it('are shown on them where nothing else was asked', () => expect(markReasons([], 'کیا ہے', STRINGS.ur)('ہے').isShown).toBe(true));
});
