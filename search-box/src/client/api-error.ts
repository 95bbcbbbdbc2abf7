/** What can go wrong with a request, as far as it makes a difference to a reader. */

export type Trouble = 'offline' | 'timeout' | 'key' | 'not-found' | 'refused' | 'server' | 'garbled';

/** Why there is no answer. `detail` is the server's own message, for developers and never for readers; `code` its error code. */
export class ApiError extends Error {
  readonly code: string;

  constructor(
    readonly trouble: Trouble,
    readonly detail: string,
    options?: ErrorOptions & { readonly code?: string },
  ) {
    super(`${trouble}: ${detail}`, options);
    this.name = 'ApiError';
    this.code = options?.code ?? '';
  }
}
