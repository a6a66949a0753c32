import type { HomeList, HomeNumber, HomeView } from '../core/chat/home-view.ts';
import { homeLists } from '../core/chat/home-view.ts';
import { clockOf, formatInstant } from '../core/calendar.ts';
import { rowName, saying } from './card-action.ts';
import { renderCard, type Card } from './render-card.ts';
import template from './templates/home.json' with { type: 'json' };

type Row = { readonly label: string; readonly command: string; readonly withoutRole: string };

const rows: Readonly<Record<HomeList, Row>> = {
  toDecide: {
    label: 'To decide',
    command: 'requests to decide',
    withoutRole: 'None of your Azure roles lets you decide requests.',
  },
  mine: { label: 'My requests', command: 'requests mine', withoutRole: '' },
  endingSoon: {
    label: 'Ending within 30 days',
    command: 'exemptions expiring 30d',
    withoutRole: 'None of your Azure roles lets you read exemptions.',
  },
  open: {
    label: 'Open on my resources',
    command: 'recommendations',
    withoutRole: 'None of your Azure roles lets you read recommendations.',
  },
};

const shown = (number: HomeNumber): string => {
  if (number.kind !== 'counted') return '–';
  return `${number.found.toLocaleString('en')}${number.isOpen ? '+' : ''}`;
};

const asideOf = (list: HomeList, number: HomeNumber): string => {
  if (number.kind === 'unread') return `Not known. ${number.because}`;
  return number.kind === 'no-role' ? rows[list].withoutRole : '';
};

/** Where things stand for one person: four numbers, each with the list behind it. */
export const homeCard = (view: HomeView): Card => {
  const { numbers, countedAt, openCountedAt } = view;
  const clock = clockOf(view);
  const openAsOf =
    openCountedAt.getTime() === countedAt.getTime() ? '' : `As of ${formatInstant(openCountedAt, clock)}`;
  return renderCard(template, {
    summary: `To decide ${shown(numbers.toDecide)}, mine ${shown(numbers.mine)}, ending soon ${shown(numbers.endingSoon)}`,
    rows: homeLists.map((list) => {
      const { label, command } = rows[list];
      const number = shown(numbers[list]);
      const aside = asideOf(list, numbers[list]);
      const beside = list === 'open' && aside === '' ? openAsOf : aside;
      return { number, label, aside: beside, open: saying(rowName(`${label}: ${number}`, beside), command) };
    }),
    asOf: `As of ${formatInstant(countedAt, clock)}. Kept current when something happens to your requests.`,
    actions: [saying('Count again', 'home'), saying('Help', 'help', { secondary: true })],
  });
};
