import { guestUses, refuseToGuest } from '../../src/bot/roster/guest-rights.ts';
import { buttons, commands } from '../../src/bot/routes.ts';

const all = [...commands, ...Object.values(buttons).map(({ verb, changes }) => ({ name: verb, changes }))];
const changing = new Set(all.filter(({ changes }) => changes).map(({ name }) => name));
/** What decides, takes something out of Azure, or arranges what a channel sees. */
const deciding = [
  'approve',
  'approve-request',
  'approve-less',
  'reject',
  'reject-request',
  'retry-request',
  'revoke',
  'revoke-request',
  'send-in-emergency',
  'adopt-exemption',
  'let-lapse',
  'cleanup',
  'clean-up',
  'send-again',
  'subscribe',
  'unsubscribe',
  'approvals here',
];

describe('what a guest may use', () => {
  it('names only commands and buttons that there are', () => {
    const names = new Set<string>(all.map(({ name }) => name));
    expect([...guestUses.read, ...guestUses.ask].filter((name) => !names.has(name))).toEqual([]);
  });

  it('is nothing that changes something, unless guests may ask', () => {
    expect(guestUses.read.filter((name) => changing.has(name))).toEqual([]);
    for (const name of changing) expect(() => refuseToGuest('read', name)).toThrow('You are a guest');
  });

  it('is never what decides, and everything else is asking or reading', () => {
    for (const name of deciding) expect(() => refuseToGuest('read-and-ask', name)).toThrow('You are a guest');
    const left = all.map(({ name }) => name).filter((name) => !deciding.includes(name));
    for (const name of left) expect(() => refuseToGuest('read-and-ask', name)).not.toThrow();
  });

  it('is everything for a member', () => {
    for (const { name } of all) expect(() => refuseToGuest(undefined, name)).not.toThrow();
  });
});
