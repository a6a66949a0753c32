import { faultOf } from '../../src/core/fault-of.ts';

describe('what of an error is logged', () => {
  it('is its name, the message of its first cause and where it was thrown', () => {
    const error = new RangeError('with every parameter', { cause: new Error('the line broke') });

    expect(faultOf(error)).toEqual({
      name: 'RangeError',
      message: 'the line broke',
      at: expect.stringContaining('fault-of.test.ts') as unknown,
    });
  });

  it.each([
    [
      'an object that was an error once',
      { name: 'DatabaseError', message: 'shutting down' },
      'DatabaseError',
      'shutting down',
    ],
    ['an object around an error', { cause: new Error('gone') }, 'object', 'gone'],
    ['a text', 'gone', 'string', 'gone'],
    ['nothing', undefined, 'undefined', 'undefined'],
  ])('is as much as there is of %s', (_what, thrown, name, message) => {
    expect(faultOf(thrown)).toEqual({ name, message, at: '' });
  });

  it('is never longer than 300 characters of a message', () => {
    expect(faultOf(new Error('x'.repeat(5000))).message).toHaveLength(300);
  });
});
