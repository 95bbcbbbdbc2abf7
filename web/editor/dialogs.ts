import type { Article, Pin, Synonyms } from './api.js';
import { button, el, field, words } from './build.js';
import type { Page } from './queries.js';

/** Opens a dialog; it is gone from the page when it is closed. */
function show(dialog: HTMLDialogElement): void {
  document.body.append(dialog);
  dialog.addEventListener('close', () => dialog.remove());
  dialog.showModal();
}

export interface PinWork {
  readonly find: (q: string) => Promise<readonly Article[]>;
  /** Those that are pinned already. */
  readonly chosen: readonly Article[];
  readonly until: string | undefined;
  /** Throws with what went wrong. */
  readonly save: (pin: Pin) => Promise<void>;
}

/** Which articles stand first for a query: those that it finds, or that another search finds, to be ticked. */
export function pinDialog(query: string, work: PinWork, { text }: Page): void {
  const chosen = new Map(work.chosen.map((article) => [article.id, article]));
  const q = el('input', { type: 'text', name: 'query', value: query, required: true, maxlength: 200, dir: 'auto' });
  const look = el('input', { type: 'search', name: 'find', value: query, dir: 'auto' });
  const until = el('input', { type: 'date', name: 'until', value: work.until?.slice(0, 10) ?? '' });
  const offers = el('fieldset', {}, el('legend', {}, text('articles')));
  const trouble = el('p', { class: 'trouble', role: 'alert' });
  const dialog = el('dialog', { 'aria-labelledby': 'pin-title' });
  const offer = (found: readonly Article[]): void => {
    const others = found.filter(({ id }) => !chosen.has(id));
    const boxes = [...chosen.values(), ...others].map((article) => {
      const box = el('input', { type: 'checkbox', value: article.id, checked: chosen.has(article.id) });
      box.addEventListener('change', () => (box.checked ? chosen.set(article.id, article) : chosen.delete(article.id)));
      return el('label', { class: 'check' }, box, words(article.label));
    });
    offers.replaceChildren(el('legend', {}, text('articles')), ...(boxes.length > 0 ? boxes : [text('nothing')]));
  };
  const find = (): void => void work.find(look.value).then(offer, (error: unknown) => trouble.replaceChildren(messageOf(error)));
  const save = async (): Promise<void> => {
    if (chosen.size === 0) throw new Error(text('choose'));
    await work.save({ query: q.value, documents: [...chosen.keys()], ...(until.value !== '' && { until: until.value }) });
  };
  look.addEventListener('change', find);
  dialog.append(
    formOf(
      dialog,
      trouble,
      save,
      { text },
      el('h2', { id: 'pin-title' }, text('pinTitle')),
      el('p', { class: 'note' }, text('pinNote')),
      field(text('query'), q),
      field(text('find'), look),
      offers,
      field(text('until'), until),
    ),
  );
  show(dialog);
  find();
}

export interface SynonymWork {
  readonly synonyms: Synonyms;
  readonly save: (synonyms: Synonyms) => Promise<void>;
}

/** The synonyms of a word. */
export function synonymDialog(word: string, work: SynonymWork, { text }: Page): void {
  const name = el('input', { type: 'text', name: 'word', value: word, required: true, dir: 'auto' });
  const others = el('input', { type: 'text', name: 'synonyms', value: (work.synonyms[word] ?? []).join('، '), dir: 'auto' });
  const bothWays = el('input', { type: 'checkbox', name: 'both' });
  const trouble = el('p', { class: 'trouble', role: 'alert' });
  const dialog = el('dialog', { 'aria-labelledby': 'synonym-title' });
  const save = async (): Promise<void> => {
    const key = name.value.trim();
    const values = others.value.split(/[,\u060C]/u).flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
    if (key === '' || values.length === 0) throw new Error(text('write'));
    await work.save(withSynonyms(work.synonyms, key, values, bothWays.checked));
  };
  dialog.append(
    formOf(
      dialog,
      trouble,
      save,
      { text },
      el('h2', { id: 'synonym-title' }, text('synonyms')),
      field(text('word'), name),
      field(text('meansToo'), others),
      el('label', { class: 'check' }, bothWays, text('bothWays')),
    ),
  );
  show(dialog);
}

/** Both ways: each of the words finds all others. */
export function withSynonyms(known: Synonyms, word: string, values: readonly string[], isBothWays: boolean): Synonyms {
  if (!isBothWays) return { ...known, [word]: values };
  const all = [word, ...values];
  const added = all.map((one): [string, readonly string[]] => {
    const others = all.filter((other) => other !== one);
    return [one, one === word ? others : [...new Set([...(known[one] ?? []), ...others])]];
  });
  return { ...known, ...Object.fromEntries(added) };
}

/** A form that saves, says what went wrong, and closes its dialog when it went well. */
function formOf(
  dialog: HTMLDialogElement,
  trouble: HTMLElement,
  save: () => Promise<void>,
  { text }: Pick<Page, 'text'>,
  ...fields: readonly HTMLElement[]
): HTMLFormElement {
  const submit = el('button', { type: 'submit', class: 'main' }, text('save'));
  const form = el(
    'form',
    {},
    ...fields,
    trouble,
    el(
      'div',
      { class: 'row' },
      submit,
      button(text('cancel'), () => dialog.close()),
    ),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit.disabled = true;
    trouble.replaceChildren();
    save()
      .then(() => dialog.close())
      .catch((error: unknown) => trouble.replaceChildren(messageOf(error)))
      .finally(() => {
        submit.disabled = false;
      });
  });
  return form;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
