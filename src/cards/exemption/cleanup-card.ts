import { emptyWords } from '../../core/access/empty-words.ts';
import { othersCan, type Others } from '../../core/access/others-can.ts';
import type { WhyEmpty } from '../../core/access/why-empty.ts';
import { andMore, counted, firstFew } from '../../core/first-few.ts';
import { formatDay } from '../../core/calendar.ts';
import type { CleanupItem } from '../../core/inventory/cleanup.ts';
import { action } from '../card-action.ts';
import { notesOf } from './notes-of.ts';
import { renderCard, type Card } from '../render-card.ts';
import { shortened } from '../../core/visible-text.ts';
import template from '../templates/record.json' with { type: 'json' };

export type CleanupCardInput = {
  readonly planId: string;
  readonly rows: readonly (CleanupItem & { readonly name: string; readonly scopeLabel: string })[];
  readonly keptBy: ReadonlyMap<string, number>;
  /** How old it is, as sentences; empty if nothing is to be said. */
  readonly age: string;
  readonly more: boolean;
  readonly others: Others;
  /** Undefined unless there is nothing to delete. */
  readonly whyEmpty: WhyEmpty | undefined;
  readonly timeZone: string;
};

const rowsShown = 10;

const endOf = ({ kind, expiresAt }: CleanupItem, timeZone: string): string =>
  kind === 'orphaned' || expiresAt === undefined
    ? 'policy assignment deleted'
    : `expired ${formatDay(new Date(expiresAt), timeZone)}`;

const notesBelow = ({ keptBy, age, more, others, whyEmpty }: CleanupCardInput): readonly string[] => {
  const kept = [...keptBy.values()].reduce((sum, each) => sum + each, 0);
  return [
    ...(others.count === 0 || whyEmpty?.kind === 'not-yours' ? [] : [othersCan(others)]),
    ...(kept === 0
      ? []
      : [
          `${kept.toLocaleString('en')} more ${kept === 1 ? 'is' : 'are'} managed by ${firstFew([...keptBy.keys()], 3)} and not deleted here.`,
        ]),
    ...(more ? ['There are more. To delete them too, send this again afterwards: cleanup'] : []),
    ...(age === '' || whyEmpty?.kind === 'could-not-read' ? [] : [age]),
  ];
};

/** Only where there is nothing at all, nothing is left to do. */
const titleWhenEmpty = (why: WhyEmpty | undefined): string =>
  why?.kind === 'nothing-there' ? 'Nothing to clean up' : 'Nothing that you can clean up';

/** The dry run: what would be deleted. Its button carries only the id of the dry run. */
export const cleanupCard = (input: CleanupCardInput): Card => {
  const { rows, planId, timeZone, whyEmpty } = input;
  const count = (kind: CleanupItem['kind']): string => String(rows.filter((row) => row.kind === kind).length);
  const title = rows.length > 0 ? `${counted(rows.length, 'exemption')} can be deleted` : titleWhenEmpty(whyEmpty);
  return renderCard(template, {
    state: '',
    summary: `Dry run: ${title}`,
    kind: 'Dry run: nothing is deleted yet',
    title,
    style: 'emphasis',
    mark: { word: '', colour: 'default' },
    detail:
      rows.length > 0
        ? 'They no longer exempt anything, and your Azure roles allow you to delete them.'
        : whyEmpty === undefined
          ? ''
          : emptyWords('cleanup', whyEmpty),
    detailWeight: 'default',
    facts:
      rows.length === 0
        ? []
        : [
            { label: 'Expired', text: count('expired') },
            { label: 'Orphaned', text: count('orphaned') },
          ],
    words: [],
    evidence: [],
    notes: notesOf(notesBelow(input)),
    rows: rows.slice(0, rowsShown).map((row) => ({
      text: `${shortened(row.name, 80)} · ${shortened(row.scopeLabel, 80)} · ${endOf(row, timeZone)}`,
    })),
    more: andMore(rows.length, rowsShown),
    command: 'cleanup',
    actions:
      rows.length === 0
        ? []
        : [action(`Delete ${counted(rows.length, 'exemption')}`, { verb: 'clean-up', plan: planId })],
  });
};
