import { type Bounds, DEFAULT_BOUNDS } from './merge-search.js';
import type { Place } from './place.js';
import type { Servers } from './servers.js';

/** How long an answer is believed, in milliseconds. */
const BELIEVED_MS = 1_000;

/** The settings that bound the answers of an index, asked with Justuju's own key: the caller's may not be allowed to. */
export class IndexBounds {
  private readonly known = new Map<string, { readonly bounds: Promise<Bounds>; readonly at: number }>();

  constructor(private readonly servers: Servers) {}

  of(uid: string, places: readonly Place[]): Promise<Bounds> {
    const now = performance.now();
    const entry = this.known.get(uid);
    if (entry !== undefined && now - entry.at < BELIEVED_MS) return entry.bounds;
    const bounds = this.ask(uid, places);
    if (this.known.size > 10_000) this.known.clear();
    this.known.set(uid, { bounds, at: now });
    return bounds;
  }

  private async ask(uid: string, places: readonly Place[]): Promise<Bounds> {
    const part = async (name: string): Promise<object> => {
      const request = this.servers.get(`/indexes/${encodeURIComponent(uid)}/settings/${name}`);
      const answer = await this.servers.any(places, request).catch(() => undefined);
      return answer?.status === 200 ? (answer.json() as object) : {};
    };
    const [pagination, faceting] = await Promise.all([part('pagination'), part('faceting')]);
    return { ...DEFAULT_BOUNDS, ...pagination, ...faceting };
  }
}
