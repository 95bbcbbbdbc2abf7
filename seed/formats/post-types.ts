import type { Input } from '../input.js';

/** Types of posts of WordPress, in its exports and in tables of its database. */

/** What sites have articles in, unless `--types` names others. */
const USUAL: readonly string[] = ['post', 'page'];
/** What WordPress and its usual plugins keep in the same table, and nobody reads. */
const NEVER_READ =
  /^(?:revision|attachment|nav_menu_item|custom_css|customize_changeset|oembed_cache|user_request|wp_\w+|elementor_\w+|acf-\w+|wpcf7_\w+|shop_\w+|product_variation|scheduled-action)$/;

/** Tells of each type whether it is read; of one that may hold articles and is left out an editor is told, once. */
export class PostTypes {
  private readonly told = new Set<string>();

  constructor(private readonly input: Input) {}

  /** Why a post of this type is no article; undefined where it is one. */
  hidden(type: string): string | undefined {
    const types = this.input.options.types ?? USUAL;
    if (types.includes(type)) return undefined;
    if (!NEVER_READ.test(type) && !this.told.has(type))
      this.input.note(`posts of the type "${type}" are left out (--types ${[...types, type].join(',')} takes them)`);
    this.told.add(type);
    return types === USUAL ? `not a post or page (${type})` : `not of a type that was named (${type})`;
  }
}
