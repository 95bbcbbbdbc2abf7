/** `<justuju-search>`: importing this module defines the element. */
import { JustujuSearch } from './element.js';

if (customElements.get('justuju-search') === undefined) customElements.define('justuju-search', JustujuSearch);

export { JustujuSearch };
