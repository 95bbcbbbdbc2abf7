/**
 * Chat settings, an experimental feature of Meilisearch: what a language model is told of the documents that it looks for. Meilisearch's own template for that names
 * all searchable fields, and those are the shadows here, so a chat gets the template that embedders get, and searches the shadows of the fields that the client names.
 */

import { isObject } from '../json/is-object.js';
import { fromShadow, toShadow } from '../shadow/shadow.js';
import { withOurTemplate, withTheirTemplate } from './embedders.js';

export type Chat = Readonly<Record<string, unknown>>;

const isStrings = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every((item) => typeof item === 'string');

export function isChat(value: unknown): value is Chat {
  if (!isObject(value)) return false;
  const { searchParameters } = value;
  if (searchParameters == null) return true;
  return (
    isObject(searchParameters) && (searchParameters['attributesToSearchOn'] == null || isStrings(searchParameters['attributesToSearchOn']))
  );
}

/** @param current the chat settings that hold now; undefined where the feature is switched off, and Meilisearch takes nothing but a reset */
export function appliedChat(given: Chat | null, current: unknown, root: string): Chat | null {
  if (given !== null)
    return withOurTemplate(
      withFields(given, (field) => toShadow(field, root)),
      isChat(current) ? current : {},
      root,
    );
  return isChat(current) ? withOurTemplate({ description: null, documentTemplateMaxBytes: null, searchParameters: null }, {}, root) : null;
}

/** As the client set them. */
export const clientChat = (applied: Chat): Chat => withTheirTemplate(withFields(applied, fromShadow));

/** Changes on top of changes: of the search parameters too, what is named later holds. */
export function mergeChat(first: unknown, second: unknown): unknown {
  if (!isChat(first) || !isChat(second)) return second;
  const [before, after] = [first['searchParameters'], second['searchParameters']];
  return { ...first, ...second, ...(isObject(before) && isObject(after) && { searchParameters: { ...before, ...after } }) };
}

function withFields(chat: Chat, change: (field: string) => string): Chat {
  const { searchParameters } = chat;
  if (!isObject(searchParameters) || !isStrings(searchParameters['attributesToSearchOn'])) return chat;
  return { ...chat, searchParameters: { ...searchParameters, attributesToSearchOn: searchParameters['attributesToSearchOn'].map(change) } };
}
