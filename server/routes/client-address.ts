import { isIP } from 'node:net';
import type { Request } from 'express';

/** `1.2.3.4:5678` and `[2001:db8::1]:5678`. */
const WITH_PORT = /^(\d[\d.]*):\d+$|^\[([^\]]+)\](?::\d+)?$/;

/**
 * From where a request comes, as the proxies that are believed say. Some (Azure's Application Gateway) write the port too: each connection was counted as an address of its own. What is no address at all counts
 * as the nearest proxy's: who invents one gains nothing.
 */
export function clientAddress({
  ip,
  socket,
}: Pick<Request, 'ip'> & { readonly socket: { readonly remoteAddress?: string | undefined } }): string {
  const [, v4, v6] = WITH_PORT.exec(ip ?? '') ?? [];
  const bare = v4 ?? v6 ?? ip ?? '';
  return isIP(bare) === 0 ? (socket.remoteAddress ?? '') : bare;
}
