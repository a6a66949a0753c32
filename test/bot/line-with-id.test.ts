import { lineWithId } from '../../src/bot/commands/ask-which.ts';

describe('a typed line with the id of the scope that is meant', () => {
  const id = '/subscriptions/10000002-0000-4000-8000-000000002111';

  it.each([
    ['high sub:"Azure subscription 1" exempt', 'Azure subscription 1', `high sub:"${id}" exempt`],
    ['high sub:“Azure  Subscription 1”', 'Azure subscription 1', `high sub:"${id}"`],
    ['Azure subscription 1 expired quiet 20:00-07:00', 'Azure subscription 1', `"${id}" expired quiet 20:00-07:00`],
    ['sub:shop shop', 'shop', `sub:"${id}" shop`],
    ['rg-1@shop (prod), created', 'rg-1@shop (prod)', `"${id}", created`],
    ['workshop', 'shop', undefined],
    ['Azure expired subscription 1', 'Azure subscription 1', undefined],
  ])('%s', (line, name, expected) => {
    expect(lineWithId(line, name, id)).toBe(expected);
  });
});
