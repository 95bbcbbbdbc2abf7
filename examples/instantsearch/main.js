import { justujuSearch } from '@justuju/search/instantsearch';
import instantsearch from 'instantsearch.js';
import { hits, refinementList, searchBox } from 'instantsearch.js/es/widgets';

const INDEX = 'articles';
const { searchClient, suggest } = justujuSearch('http://127.0.0.1:3000', '', { primaryKey: 'id' });
const search = instantsearch({ indexName: INDEX, searchClient });
const meant = document.querySelector('#meant');
const completions = document.querySelector('#completions');

/** What Justuju says of the query is in the results, as in its own API. */
const didYouMean = {
  render({ results }) {
    meant.textContent = results?.urdu?.didYouMean === undefined ? '' : `تلاش کیا گیا: ${results.urdu.didYouMean}`;
  },
};

const completing = {
  render({ results }) {
    if (!results?.query) return;
    suggest(results.query, { index: INDEX, limit: 5 }).then(
      (found) =>
        completions.replaceChildren(...found.map(({ text }) => Object.assign(document.createElement('li'), { textContent: text }))),
      () => completions.replaceChildren(),
    );
  },
};

search.addWidgets([
  searchBox({ container: '#box' }),
  refinementList({ container: '#sources', attribute: 'source' }),
  hits({
    container: '#hits',
    templates: {
      // `components.Highlight` escapes what it marks. Why the hit was found stands under `_urdu`.
      item: (hit, { html, components }) => html`
        <article>
          <h2>${components.Highlight({ hit, attribute: 'title' })}</h2>
          <p class="why">${(hit._urdu?.why ?? []).map(({ word, form, reason }) => `${word} ← ${form} (${reason})`).join('، ')}</p>
        </article>
      `,
    },
  }),
  didYouMean,
  completing,
]);
search.start();
