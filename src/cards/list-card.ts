import type { ActionData } from './actions.ts';
import { action, compactChoice, rowName, type ButtonOptions, type CardAction, type Choice } from './card-action.ts';
import { withoutStep } from '../core/typed/next-step.ts';
import { withStep } from './step-card.ts';
import { renderCard, type Card } from './render-card.ts';
import { shortened } from '../core/visible-text.ts';
import template from './templates/list.json' with { type: 'json' };
import { standsAlone, type Mark } from './wording.ts';

export type ListRow = {
  readonly title: string;
  readonly mark: Mark;
  readonly detail: string;
  /** What a click on the row opens; undefined where it opens nothing. */
  readonly open: ActionData | undefined;
};

type ListTab = { readonly title: string; readonly current: boolean; readonly open: ActionData };

/** A number that a list begins with. */
export type ListTile = { readonly label: string; readonly text: string };

/** More to choose from, on one line below the tabs: few and short enough for a phone. */
export type ListChoices = { readonly label: string; readonly tabs: readonly ListTab[] };

/** Something that narrows the list, and what shows the list without it. */
export type ListFilter = { readonly words: string; readonly takeOff: ActionData };

/** One of many kinds of rows, chosen in a field that takes one line. `show` is the press that brings the choice under `id`. */
export type ListPick = {
  readonly id: string;
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly current: string;
  readonly show: ActionData;
};

type ListCardInput = {
  readonly title: string;
  /** For notifications, where it is not title and scopes. */
  readonly summary?: string;
  readonly tiles?: readonly ListTile[];
  /** The scopes and filters of the list, in words. */
  readonly covers: string;
  readonly note: string;
  readonly tabs: readonly ListTab[];
  readonly filters?: readonly ListFilter[];
  readonly choices?: readonly ListChoices[];
  readonly pick?: ListPick;
  readonly rows: readonly ListRow[];
  readonly whenEmpty: string;
  /** The rows that are shown: "11–20 of 42". */
  readonly range: string;
  readonly buttons: readonly CardAction[];
  /** The command that shows this list, for clients that cannot draw the card. */
  readonly command: string;
};

/** Up to four tabs fit on one line of a phone; more are laid out in lines of three. */
const inLines = <Item>(items: readonly Item[]): Item[][] =>
  items.length <= 4
    ? [[...items]]
    : Array.from({ length: Math.ceil(items.length / 3) }, (_, line) => items.slice(line * 3, line * 3 + 3));

const clickable = <Item extends { readonly title: string; readonly open: ActionData | undefined }>(
  item: Item,
  options: ButtonOptions & { readonly name?: string } = {},
) => ({ ...item, open: item.open === undefined ? null : action(options.name ?? item.title, item.open, options) });

const clickableRow = (row: ListRow) => ({
  ...clickable(row, { name: rowName(row.title, row.mark.word, row.detail) }),
  markAlone: standsAlone(row.mark),
});

const inHand = { weight: 'bolder', color: null, isSubtle: null, underline: true } as const;
const toPress = { weight: null, color: 'accent', isSubtle: null, underline: null } as const;
const onlyRead = { weight: null, color: null, isSubtle: true, underline: null } as const;

/** Properties that are null are left out: a list with all its filters is near the largest card that Teams takes. */
const clickableTab = (tab: ListTab) => ({
  ...clickable(tab, { turnsPage: true }),
  ...(tab.current ? inHand : toPress),
});

const tabLines = ({ tabs, choices = [] }: Pick<ListCardInput, 'tabs' | 'choices'>) =>
  [
    ...inLines(tabs.map(clickableTab)),
    ...choices.map(({ label, tabs: own }) => [{ title: label, open: null, ...onlyRead }, ...own.map(clickableTab)]),
  ].map((line) => ({ tabs: line }));

/** A line for each filter, with a button at its end. */
const filterLines = (filters: readonly ListFilter[]) =>
  filters.map(({ words, takeOff }) => ({
    words: shortened(words, 90),
    takeOff: action('✕ Take off', takeOff, { withoutInputs: true, turnsPage: true }),
  }));

const pickOf = (pick: ListPick | undefined) => ({
  pick: pick === undefined ? [] : [compactChoice(pick.id, pick.label, pick.choices, pick.current)],
  pickers: pick === undefined ? [] : [action('Show', pick.show, { turnsPage: true })],
});

/** The card of every list: filters, rows that open on a click, pages. */
export const listCard = (input: ListCardInput): Card =>
  renderCard(template, {
    ...input,
    summary: shortened(input.summary ?? `${input.title}: ${input.covers}`, 200),
    tiles: input.tiles ?? [],
    covers: shortened(input.covers, 160),
    // Only our own sentences, and never cut: the remedy stands at the end.
    note: input.note,
    tabLines: tabLines(input),
    ...pickOf(input.pick),
    filters: filterLines(input.filters ?? []),
    rows: input.rows.map(clickableRow),
    whenEmpty: input.rows.length === 0 ? withoutStep(input.whenEmpty) : '',
    buttons: input.rows.length === 0 ? withStep(input.whenEmpty, input.buttons) : input.buttons,
  });
