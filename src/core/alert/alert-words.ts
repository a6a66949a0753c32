import type { Alert } from './alert.ts';

/** The title of an alert and, where there is one, the sentence that says what it means. */
type Words = Pick<Alert, 'step' | 'title'> & { readonly sentence?: string };

/** Every sentence of ours on alert cards that says what happened, by what happened. Expiry warnings name their day. */
export const alertWords = {
  created: { step: 'created', title: 'Exemption created' },
  createdOutside: { step: 'created', title: 'Exemption created outside Exemption Desk' },
  changed: { step: 'changed', title: 'Exemption changed outside Exemption Desk' },
  extended: { step: 'changed', title: 'Exemption extended outside Exemption Desk' },
  extendedBeyondApproval: {
    step: 'changed',
    title: 'Exemption extended outside Exemption Desk, longer than approved',
  },
  deleted: {
    step: 'deleted',
    title: 'Exemption deleted: the recommendation is open again',
    sentence: 'Azure confirms that the exemption no longer exists. Exemption Desk did not delete it.',
  },
  revoked: { step: 'revoked', title: 'Exemption revoked: the recommendation is open again' },
  goneWithScope: {
    step: 'scope-gone',
    title: 'Exemption deleted together with its scope',
    sentence: 'Azure confirms that the resource, resource group or subscription no longer exists.',
  },
  orphaned: {
    step: 'orphaned',
    title: 'Exemption orphaned: its policy assignment was deleted',
    sentence: 'It no longer exempts anything. Azure keeps it until somebody deletes it.',
  },
  unneeded: {
    step: 'no-longer-needed',
    title: 'Exemption no longer needed',
    sentence: 'Azure Policy finds everything in its scope compliant without it. It can be revoked.',
  },
  gap: {
    step: 'gap',
    title: 'Coverage gap: another policy assignment makes the recommendation open again',
    sentence:
      'The approved exemption does not cover this policy assignment. Extend opens the request form, filled in to cover it too. The new request is decided like any other.',
  },
  notEffective: { step: 'not-effective', title: 'Exemption not in effect' },
  baseline: { step: 'baseline', title: 'Exemption Desk now watches this scope' },
  expired: { step: 'expired', title: 'Exemption expired: the recommendation is open again' },
  orphanExpired: { step: 'expired', title: 'Orphaned exemption expired' },
  takenOut: {
    step: 'taken-out',
    title: 'Emergency exemption taken out: nobody approved it, so the recommendation is open again',
  },
  cleaned: {
    step: 'cleaned',
    title: 'Exemption deleted in a clean-up',
    sentence: 'Somebody ordered the clean-up of exemptions that exempt nothing any more.',
  },
  renewed: { step: 'renewed', title: 'Exemption renewed' },
  replaced: { step: 'renewed', title: 'Exemption replaced by a later request' },
  adopted: { step: 'adopted', title: 'Exemption adopted: it now belongs to a request' },
  ratified: { step: 'approved', title: 'Emergency exemption approved: it stays in Azure' },
  inForceAgain: {
    step: 'in-force-again',
    title: 'Exemption in force again: its policy assignment exists again',
  },
  inEffect: { step: 'in-effect', title: 'Exemption in effect' },
  gapClosed: {
    step: 'gap-closed',
    title: 'Coverage gap closed',
    sentence:
      'The policy assignment no longer makes the recommendation open again: it is exempt there, was changed, or no longer exists.',
  },
  neededAgain: {
    step: 'needed-again',
    title: 'Exemption needed again',
    sentence: 'Azure Policy finds something in its scope that is not compliant without it.',
  },
} as const satisfies Readonly<Record<string, Words>>;

/** Before the end of an emergency, which is a certain moment; `end` is that moment in words. */
export const emergencyEndsTitle = (end: string): string =>
  `Emergency exemption: taken out on ${end} unless somebody approves it`;

/** Before the expiry: `day` is the last day in words. A card stays, so that it must not count days. */
export const aboutToExpireTitle = (day: string): string => `Exemption about to expire: ends on ${day}`;
