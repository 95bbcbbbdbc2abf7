/** Whose process answers at a port. Two engines that were given one port have one key, and either answers for both. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { statOf } from './process.js';

/** The state of a socket that waits for clients, as /proc/net/tcp writes it. */
const LISTENING = '0A';

/**
 * Whether a process of the group that `leader` leads listens at `port` of 127.0.0.1. The group, as the executable may be a script that starts the engine.
 * Undefined where the system does not tell (not Linux).
 */
export function groupListensAt(leader: number, port: number): boolean | undefined {
  if (process.platform !== 'linux') return undefined;
  const sockets = socketsListeningAt(port);
  return sockets === undefined ? undefined : processesOf(leader).some((pid) => linksOf(pid).some((link) => sockets.has(link)));
}

/** As the links of open files name them; undefined when the table cannot be read. */
function socketsListeningAt(port: number): Set<string> | undefined {
  const address = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  try {
    const rows = readFileSync('/proc/net/tcp', 'latin1').split('\n').slice(1);
    const columns = rows.map((row) => row.trim().split(/\s+/));
    return new Set(
      columns.filter(([, local, , state]) => local === address && state === LISTENING).map((column) => `socket:[${column[9]}]`),
    );
  } catch {
    return undefined;
  }
}

function processesOf(leader: number): number[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return all.map(Number).filter((pid) => statOf(pid)?.group === leader);
}

function linksOf(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  try {
    return readdirSync(folder).flatMap((name) => {
      try {
        return [readlinkSync(`${folder}/${name}`)];
      } catch {
        return []; // Closed meanwhile.
      }
    });
  } catch {
    return []; // Gone meanwhile.
  }
}
