import { formatEnd } from '../../core/calendar.ts';
import { andMore, firstFew } from '../../core/first-few.ts';
import { distinctBy } from '../../core/lists.ts';
import type { ExemptionPlan, Target } from '../../core/plan/exemption-plan.ts';
import type { ObjectToWrite } from '../../core/plan/objects-to-write.ts';
import type { Terms } from '../../core/request/terms.ts';
import { shortened } from '../../core/visible-text.ts';

const distinct = (names: readonly string[]): string[] => [...new Set(names.map((name) => shortened(name, 100)))];

const assignmentsOf = (targets: readonly Target[]): Target[] =>
  distinctBy(targets, ({ assignmentId }) => assignmentId.toLowerCase());

const where = (targets: readonly Target[], leftOut: readonly string[]): string => {
  const names = distinct(assignmentsOf(targets).map((target) => target.assignmentName));
  if (leftOut.length > 0)
    return `Exemption Desk has limited permissions and cannot apply the exemption to all policy initiatives. Exemptions will be created only on the initiatives with sufficient permissions: ${firstFew(names, 6)}. Left out: ${firstFew(distinct(leftOut), 6)}.`;
  return assignmentsOf(targets).length > 1
    ? `This recommendation is included in several policy initiatives: ${firstFew(names, 6)}. Exemptions will be created on all of them.`
    : `An exemption will be created on the policy assignment ${names.join('')}.`;
};

/** Which policy assignments get an exemption, and which do not. */
export const planSentence = ({ targets, leftOut }: Pick<ExemptionPlan, 'targets' | 'leftOut'>): string => {
  const count =
    targets.length > assignmentsOf(targets).length
      ? ` In total ${targets.length} exemptions, one for each policy assignment and scope.`
      : '';
  return `${where(targets, leftOut)}${count}`;
};

/** Which other recommendations the exemptions cover too; empty where there are none. */
export const alsoSentence = ({ alsoExempts }: Pick<ExemptionPlan, 'alsoExempts'>): string => {
  const titles = alsoExempts.map((title) => `“${shortened(title, 120)}”`);
  return titles.length === 0 ? '' : `Also exempts: ${firstFew(titles, 4)}, because the same policy assesses them.`;
};

/** "until 31 Dec 2026, 23:59 (Europe/Berlin)" */
export const endWords = ({ expiresAt }: Pick<Terms, 'expiresAt'>, timeZone: string): string =>
  expiresAt === undefined ? 'never ends' : `until ${formatEnd(expiresAt, timeZone)}`;

const referencesShown = 2;

/** One line for each object that is written: its name, where it is made, for which assignment and policies, and when it ends. */
export const objectLines = (
  objects: readonly ObjectToWrite[],
  all: number,
  end: string,
): { readonly name: string; readonly about: string }[] => {
  const lines = objects.map(({ name, place, assignmentName, referenceIds }) => ({
    name: shortened(name, 64),
    about: [
      shortened(place, 80),
      shortened(assignmentName, 60),
      referenceIds === undefined
        ? 'the whole policy'
        : firstFew(
            referenceIds.map((id) => shortened(id, 40)),
            referencesShown,
          ),
      end,
    ].join(' · '),
  }));
  const more = andMore(all, objects.length);
  return more === '' || lines.length === 0 ? lines : [...lines, { name: more, about: '' }];
};
