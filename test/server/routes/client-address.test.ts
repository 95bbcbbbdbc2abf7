import { clientAddress } from '../../../server/routes/client-address.js';

describe('the address that limits and the audit log go by', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['203.0.113.7:51234', '203.0.113.7'],
    ['2001:db8::1', '2001:db8::1'],
    ['[2001:db8::1]:51234', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['::ffff:203.0.113.7', '::ffff:203.0.113.7'],
    ['unknown', '127.0.0.9'],
    ['203.0.113.700', '127.0.0.9'],
    ['', '127.0.0.9'],
    [undefined, '127.0.0.9'],
  ])('told as %s is %s', (ip, expected) => {
    expect(clientAddress({ ip, socket: { remoteAddress: '127.0.0.9' } })).toBe(expected);
  });
});
