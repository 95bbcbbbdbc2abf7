import { request } from 'undici';
import { Unreadable } from './unreadable.js';

/** The bytes behind an address. Answers of WordPress' REST interface come in pages: all of them are fetched, as JSON one behind the other. */

const PATIENCE_MS = 30_000;
const MOST_REDIRECTIONS = 5;

export async function* fetched(url: string): AsyncGenerator<Uint8Array, void, undefined> {
  const first = await answer(url);
  const pages = Number(first.pages ?? '1');
  yield* first.body;
  if (!/\/wp-json\/|[?&]rest_route=/.test(url) || !(pages > 1) || /[?&]page=/.test(url)) return;
  for (let page = 2; page <= pages; page += 1) {
    // Arrays one behind the other are read as one by the reader of JSON, which takes values as they come.
    yield Buffer.from('\n');
    yield* (await answer(`${url}${url.includes('?') ? '&' : '?'}page=${page}`)).body;
  }
}

interface Answer {
  readonly body: AsyncIterable<Uint8Array>;
  readonly pages: string | undefined;
}

async function answer(url: string): Promise<Answer> {
  let address = url;
  for (let redirections = 0; redirections <= MOST_REDIRECTIONS; redirections += 1) {
    const { statusCode, headers, body } = await ask(address);
    const location = headers['location'];
    if (statusCode >= 300 && statusCode < 400 && typeof location === 'string') {
      await body.dump();
      address = new URL(location, address).href;
      if (!/^https?:/.test(address)) throw new Unreadable(`leads to ${address}`, 'Give an address that begins with http or https.');
      continue;
    }
    if (statusCode !== 200) {
      await body.dump();
      throw new Unreadable(
        `answered ${statusCode}`,
        statusCode === 401 || statusCode === 403
          ? 'The site does not give it to programs: export it there.'
          : 'Open it in a browser to see what is wrong.',
      );
    }
    const pages = headers['x-wp-totalpages'];
    return { body: body as AsyncIterable<Uint8Array>, pages: typeof pages === 'string' ? pages : undefined };
  }
  throw new Unreadable(`leads on more than ${MOST_REDIRECTIONS} times`, 'Give the address that it ends at.');
}

async function ask(url: string): Promise<Awaited<ReturnType<typeof request>>> {
  try {
    return await request(url, {
      headers: { 'user-agent': 'Justuju/0.1 (articles for a search index)', accept: '*/*' },
      headersTimeout: PATIENCE_MS,
      bodyTimeout: PATIENCE_MS,
    });
  } catch (error) {
    throw new Unreadable(`cannot be reached (${(error as Error).message})`, 'Check the address, and that this machine may reach it.');
  }
}
