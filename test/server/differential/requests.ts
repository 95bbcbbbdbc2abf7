import type { Draw } from '../../support/draw.js';
import type { Collection } from './collections.js';
import { drawKeys, drawServer, drawWork } from './others.js';
import type { Request } from './request.js';
import { drawDocuments, drawFacetSearch, drawFederated, drawMultiSearch, drawSearch, drawSimilar } from './searches.js';
import { drawAddition, drawIndexChange, drawRemoval, drawSettings, drawSettingsRead } from './writes.js';

/** A valid request to any route: readers search more than they write. */
export const drawRequest = (draw: Draw, collections: readonly Collection[]): Request =>
  draw.weighted<() => Request>([
    [28, () => drawSearch(draw, draw.of(collections))],
    [8, () => drawMultiSearch(draw, collections)],
    [7, () => drawFederated(draw, collections)],
    [7, () => drawFacetSearch(draw, draw.of(collections))],
    [5, () => drawSimilar(draw, draw.of(collections))],
    [9, () => drawDocuments(draw, draw.of(collections))],
    [9, () => drawAddition(draw, draw.of(collections))],
    [5, () => drawRemoval(draw, draw.of(collections))],
    [9, () => drawSettings(draw, draw.of(collections))],
    [4, () => drawSettingsRead(draw, draw.of(collections))],
    [5, () => drawIndexChange(draw)],
    [6, () => drawWork(draw, collections)],
    [4, () => drawKeys(draw)],
    [6, () => drawServer(draw, collections)],
  ])();
