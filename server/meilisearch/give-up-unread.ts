import { DecoratorHandler, type Dispatcher, errors } from 'undici';

/**
 * Meilisearch may refuse a request before it has read its body (a wrong key, an unknown parameter). It then reads no further, and leaves the connection open: the next request
 * on it waits behind a body that nobody reads, for ever. Whether all was read cannot be known on this side, where the rest lies in buffers of the system. So a connection
 * on which a request with a body was refused is used no more; a new one costs a fraction of a millisecond.
 */
export const giveUpUnread: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) =>
  dispatch(options, options.body == null ? handler : new LastOnItsConnection(handler));

/** Ends the connection as soon as the answer is whole, if it is a refusal; until then it is the same answer. */
class LastOnItsConnection implements Dispatcher.DispatchHandler {
  private readonly inner: Dispatcher.DispatchHandler;
  /** Bytes of the answer that are still to come; undefined where the connection may live on, or the length is not told. */
  private left: number | undefined;
  private ended = false;

  constructor(handler: Dispatcher.DispatchHandler) {
    this.inner = new DecoratorHandler(handler);
  }

  onRequestStart(controller: Dispatcher.DispatchController, context: unknown): void {
    this.inner.onRequestStart?.(controller, context);
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseStart']>>[2],
    message?: string,
  ): void {
    this.inner.onResponseStart?.(controller, status, headers, message);
    const length = Number(headers['content-length']);
    if (status < 400 || !Number.isInteger(length)) return;
    this.left = length;
    this.endWhenWhole(controller);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.inner.onResponseData?.(controller, chunk);
    if (this.left === undefined) return;
    this.left -= chunk.length;
    this.endWhenWhole(controller);
  }

  onResponseEnd(
    controller: Dispatcher.DispatchController,
    trailers: Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseEnd']>>[1],
  ): void {
    if (!this.ended) this.inner.onResponseEnd?.(controller, trailers);
  }

  onResponseError(controller: Dispatcher.DispatchController, error: Error): void {
    // After the end this is only the connection that we ended.
    if (!this.ended) this.inner.onResponseError?.(controller, error);
  }

  private endWhenWhole(controller: Dispatcher.DispatchController): void {
    if (this.ended || this.left === undefined || this.left > 0 || controller.aborted) return;
    this.ended = true;
    this.inner.onResponseEnd?.(controller, {});
    controller.abort(new errors.InformationalError('the body may not have been read'));
  }
}
