import { Latest } from '../../search-box/src/client/latest.js';

describe('Latest', () => {
  it('aborts the turn before, which then is no longer current', () => {
    const searches = new Latest();
    const first = searches.begin();
    expect([first.isCurrent(), first.signal.aborted]).toEqual([true, false]);
    const second = searches.begin();
    expect([first.isCurrent(), first.signal.aborted]).toEqual([false, true]);
    expect([second.isCurrent(), second.signal.aborted]).toEqual([true, false]);
  });

  it('shows the newest answer even where an older one comes later and its abort did not reach it', async () => {
    const searches = new Latest();
    let shown = '';
    const search = async (q: string, milliseconds: number) => {
      const turn = searches.begin();
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      if (turn.isCurrent()) shown = q;
    };
    await Promise.all([search('پا', 30), search('پاک', 5)]);
    expect(shown).toBe('پاک');
  });

  it('after cancel nothing is current', () => {
    const searches = new Latest();
    const turn = searches.begin();
    searches.cancel();
    expect(turn.isCurrent()).toBe(false);
  });
});
