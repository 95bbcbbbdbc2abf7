/** Where the reader has been: in the address of the page, or only in memory where the page belongs to somebody else. */
import { type Asked, NOTHING_ASKED, readUrl, writeUrl } from './model/asked.js';

export interface Router {
  read(): Asked;
  /** Pixels from the top where the reader left this state. */
  readonly scroll: number;
  push(asked: Asked): void;
  replace(asked: Asked): void;
  /** Back to where the reader came from; false where that is not known. */
  back(): boolean;
  /** Where a link to this state leads. */
  href(asked: Asked): string;
  /** The address of an article for others; `undefined` where it has none. */
  address(asked: Asked): string | undefined;
  stop(): void;
}

/** @param moved the reader went back or forward by the browser */
export function addressRouter(moved: () => void): Router {
  const number = (key: string): number => {
    const state: unknown = history.state;
    const value: unknown = typeof state === 'object' && state !== null ? (state as Record<string, unknown>)[key] : undefined;
    return typeof value === 'number' ? value : 0;
  };
  const before = history.scrollRestoration;
  history.scrollRestoration = 'manual';
  window.addEventListener('popstate', moved);
  const href = (asked: Asked): string => writeUrl(asked) || location.pathname;
  return {
    read: () => readUrl(location.search),
    get scroll() {
      return number('scroll');
    },
    push(asked) {
      const depth = number('depth');
      // Where the reader was, for the way back.
      history.replaceState({ depth, scroll: window.scrollY }, '');
      history.pushState({ depth: depth + 1, scroll: 0 }, '', href(asked));
    },
    replace: (asked) => history.replaceState({ depth: number('depth'), scroll: 0 }, '', href(asked)),
    back() {
      if (number('depth') <= 0) return false;
      history.back();
      return true;
    },
    href,
    address: (asked) => new URL(href(asked), location.href).href,
    stop() {
      window.removeEventListener('popstate', moved);
      history.scrollRestoration = before;
    },
  };
}

/** @param page the search page of the same Justuju, for links that are opened in a tab of their own */
export function memoryRouter(page: string, moved: () => void): Router {
  const steps: Asked[] = [NOTHING_ASKED];
  return {
    read: () => steps.at(-1) ?? NOTHING_ASKED,
    scroll: 0,
    push: (asked) => void steps.push(asked),
    replace: (asked) => void steps.splice(-1, 1, asked),
    back() {
      if (steps.length < 2) return false;
      steps.pop();
      moved();
      return true;
    },
    href: (asked) => page + writeUrl(asked),
    address: () => undefined,
    stop: () => undefined,
  };
}
