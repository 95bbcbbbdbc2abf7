import { commandLineOf, endProcess, isAlive, ownIdentity, startTimeOf } from '../../../server/engine/process.js';
import { endAll, start, startDecoy } from '../../support/processes.js';

afterEach(endAll);

const identityOf = (pid: number) => ({ pid, startTime: startTimeOf(pid) ?? 'none' });

describe('process identity', () => {
  it('knows this process', () => {
    expect(isAlive(ownIdentity())).toBe(true);
  });

  it('does not take a process that got the same number later for the earlier one', () => {
    const decoy = startDecoy();
    expect(isAlive({ pid: decoy.pid, startTime: '1@boot' })).toBe(false);
    expect(isAlive(identityOf(decoy.pid))).toBe(true);
  });

  it('knows that an ended process is gone', async () => {
    const decoy = startDecoy();
    const identity = identityOf(decoy.pid);
    decoy.kill('SIGKILL');
    await new Promise((done) => decoy.once('exit', done));
    expect(isAlive(identity)).toBe(false);
    expect(startTimeOf(identity.pid)).toBeUndefined();
  });

  it('reads a command line by argument', () => {
    expect(commandLineOf(startDecoy().pid)).toEqual(['sleep', '60']);
    expect(commandLineOf(2 ** 22 + 1)).toEqual([]);
  });
});

describe('endProcess', () => {
  it('kills what does not listen to SIGTERM', async () => {
    const deaf = start(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); console.log("ready"); setInterval(() => {}, 1000)']);
    await new Promise((done) => deaf.stdout?.once('data', done));
    const identity = identityOf(deaf.pid ?? 0);
    await endProcess(identity, 200);
    expect(isAlive(identity)).toBe(false);
    expect(deaf.signalCode ?? (await new Promise((done) => deaf.once('exit', (_code, signal) => done(signal))))).toBe('SIGKILL');
  });

  it('does nothing to a stranger with the same number', async () => {
    const decoy = startDecoy();
    await endProcess({ pid: decoy.pid, startTime: '1@boot' }, 200);
    expect(isAlive(identityOf(decoy.pid))).toBe(true);
  });
});
