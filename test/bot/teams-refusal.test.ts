import { teamsRefusal } from '../../src/bot/teams/teams-refusal.ts';
import { GovernanceError } from '../../src/core/governance-error.ts';
import { NotSent } from '../../src/core/chat/notifier.ts';

const now = Date.parse('2026-11-21T12:00:00Z');

const restError = (statusCode: number | undefined, code: string, retryAfter?: string): Error =>
  Object.assign(new Error(code), {
    name: 'RestError',
    statusCode,
    code,
    response: { headers: { get: (name: string) => (name === 'retry-after' ? retryAfter : undefined) } },
  });
const refused = (error: unknown, share = 0) => teamsRefusal(error, now, share);

describe('what Teams answers to a post', () => {
  it.each([
    [429, 'Throttled', '3', 3000],
    [412, 'PreconditionFailed', undefined, undefined],
    [503, 'ServiceUnavailable', 'Sat, 21 Nov 2026 12:00:07 GMT', 7000],
    [429, 'Throttled', 'Sat, 21 Nov 2026 11:00:00 GMT', 0],
    [429, 'Throttled', 'soon', undefined],
    [401, 'BotNotRegistered', undefined, undefined],
    [403, 'ServiceError', undefined, undefined],
    [403, 'NotEnoughPermissions', undefined, undefined],
    [403, '', undefined, undefined],
    [404, '', undefined, undefined],
    [400, 'SomethingNew', undefined, undefined],
    [undefined, 'ECONNREFUSED', undefined, undefined],
    [undefined, 'ENOTFOUND', undefined, undefined],
  ])('%s %s (%s) means that nothing was posted', (status, code, retryAfter, waitMs) => {
    const error = refused(restError(status, code, retryAfter));

    expect(error).toBeInstanceOf(NotSent);
    expect(error).toHaveProperty('waitMs', waitMs);
  });

  it('says what it was told by a refusal that is not final', () => {
    expect(refused(restError(403, 'ServiceError')).message).toBe('Teams refused it for now (403): ServiceError.');
    expect(refused(restError(404, '')).message).toBe('Teams refused it for now (404): it does not say why.');
  });

  it('asks to wait, and up to a fifth longer is waited', () => {
    expect(refused(restError(429, 'Throttled', '10'), 1)).toHaveProperty('waitMs', 12_000);
  });

  it.each([
    [403, 'BotNotInConversationRoster', 'forbidden', 'Teams refused it (403): Exemption Desk was removed from there.'],
    [403, 'MessageWritesBlocked', 'forbidden', 'Teams refused it (403): Exemption Desk is blocked there.'],
    [404, 'ConversationNotFound', 'not-found', 'Teams refused it (404): it no longer exists.'],
    [413, 'MessageSizeTooBig', 'invalid', 'Teams refused it (413): the message is too big.'],
    [413, '', 'invalid', 'Teams refused it (413): the message is too big.'],
    [400, 'BadArgument', 'invalid', 'Teams refused it (400): it does not understand the message.'],
  ])('%s %s is for good, with the reason', (status, code, kind, message) => {
    expect(refused(restError(status, code))).toMatchObject({ code: kind, message });
  });

  it.each([
    ['a fault of Teams', restError(500, 'ServiceError')],
    ['a gateway that gave up', restError(504, 'GatewayTimeout')],
    ['a service that is away, without a word for how long', restError(503, 'ServiceUnavailable')],
    ['a broken connection', restError(undefined, 'ECONNRESET')],
    ['an answer that cannot be read', restError(201, 'PARSE_ERROR')],
    ['no answer in time', Object.assign(new Error('aborted'), { name: 'AbortError' })],
  ])('%s leaves open whether the message arrived', (_, error) => {
    expect(refused(error)).toMatchObject({ name: 'GovernanceError', code: 'unavailable' });
  });

  it('is not asked at all without a token', () => {
    expect(refused(Object.assign(new Error('no token'), { name: 'CredentialUnavailableError' }))).toBeInstanceOf(
      NotSent,
    );
  });

  it('leaves our own errors as they are', () => {
    const own = new GovernanceError('forbidden', 'Not a Teams service URL');

    expect(refused(own)).toBe(own);
  });
});
