import { titlesToldApart } from '../../src/bot/commands/ask-which.ts';

it('numbers the buttons of a question where a phone would show two as the same', () => {
  const alike = ['shop-prod (2000…) / rg-shop-prod / stshoplogs', 'shop-prod (2000…) / rg-shop-prod / stshopprod'];
  expect(titlesToldApart(alike)).toEqual({
    titles: [`1. ${alike[0]}`, `2. ${alike[1]}`],
    key: ` (1) ${alike[0]}, (2) ${alike[1]}.`,
  });
  expect(titlesToldApart(['Subscription (1000…)', 'Subscription (2000…)'])).toEqual({
    titles: ['Subscription (1000…)', 'Subscription (2000…)'],
    key: '',
  });
});
