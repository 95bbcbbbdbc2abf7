import { memory } from '../../search-box/src/device/storage.js';

describe('memory', () => {
  it('lives in the store that it is given', () => {
    const items = new Map<string, string>();
    const store = {
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, value: string) => void items.set(key, value),
      removeItem: (key: string) => void items.delete(key),
    };
    memory(() => store, 'font').set('naskh');
    expect([...items]).toEqual([['font', 'naskh']]);
    expect(memory(() => store, 'font').get()).toBe('naskh');
    memory(() => store, 'font').set(undefined);
    expect([...items]).toEqual([]);
  });

  it('remembers for as long as the page is open where the browser allows no storage', () => {
    const forbidden = memory(() => {
      throw new Error('SecurityError');
    }, 'font');
    expect(forbidden.get()).toBeUndefined();
    forbidden.set('naskh');
    expect(forbidden.get()).toBe('naskh');
    forbidden.set(undefined);
    expect(forbidden.get()).toBeUndefined();
  });
});
