/** The reader's last searches, on this device only. */
import { list } from '../model/read.js';
import { type Memory, parsed } from './storage.js';

const MOST = 6;
/** Characters: a pasted page is no search to come back to. */
const LONGEST = 100;

export class Recent {
  constructor(private readonly kept: Memory) {}

  /** Newest first. */
  all(): string[] {
    return list(parsed(this.kept.get()))
      .filter((text): text is string => typeof text === 'string' && text !== '')
      .slice(0, MOST);
  }

  add(query: string): void {
    const text = query.trim();
    if (text === '' || text.length > LONGEST) return;
    this.kept.set(JSON.stringify([text, ...this.all().filter((other) => other !== text)].slice(0, MOST)));
  }

  erase(): void {
    this.kept.set(undefined);
  }
}
