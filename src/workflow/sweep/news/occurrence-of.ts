import type { Alert, ExemptionUnit } from '../../../core/alert/alert.ts';
import { keysOfUnit } from '../../../core/alert/ending.ts';
import { outcomeEvent } from '../../../core/alert/found-outcome.ts';
import type { AlertKind, Ending, Occurrence } from '../../../core/alert/occurrence.ts';
import type { ExemptionRequest } from '../../../core/request/request.ts';
import type { Sighting } from '../../../core/inventory/seen-exemption.ts';
import { alertAbout, type AlertContext, type AlertWords } from '../../alert/alert-texts.ts';
import { bearingOn } from '../../plan/map-policies.ts';
import { endKey } from '../../inventory/exemption-units.ts';
import type { Desk } from '../../desk.ts';
import type { SweepLook } from '../look-around.ts';

/** The data from which occurrences are made; requests by reference. */
export type NewsContext = {
  readonly desk: Desk;
  readonly look: SweepLook;
  readonly requests: ReadonlyMap<string, ExemptionRequest>;
};

type Happened = Pick<Occurrence, 'unitKey' | 'steps' | 'ending'> & {
  readonly kind: AlertKind;
  /** Every card about the unit says it, not only those that it ends. */
  readonly toAll?: boolean;
  readonly words: (context: AlertContext) => AlertWords;
};

export const requestOf = (
  { requests }: NewsContext,
  { reference }: Pick<Sighting, 'reference'>,
): ExemptionRequest | undefined => (reference === undefined ? undefined : requests.get(reference));

/** That of its request, and those of its policy assignments as far as they are still there. */
const recommendationsOf = (context: NewsContext, unit: ExemptionUnit): Pick<Alert, 'recommendations'> => {
  const { map } = context.look;
  const found = unit.exemptions.flatMap(({ policyAssignmentId, referenceIds }) =>
    policyAssignmentId === undefined ? [] : bearingOn(map, { policyAssignmentId, referenceIds }),
  );
  const asked = requestOf(context, unit)?.terms.recommendation;
  const keys = [...found, ...(asked === undefined ? [] : [asked])].map(({ key }) => key.toLowerCase());
  return keys.length === 0 ? {} : { recommendations: [...new Set(keys)] };
};

/** What happened to the exemptions of a unit, as an occurrence. */
export const occurrenceOf = (
  context: NewsContext,
  unit: ExemptionUnit,
  { kind, unitKey, steps, words, ending, toAll = false }: Happened,
): Occurrence => {
  const { desk, look } = context;
  const about = { hierarchy: look.hierarchy, timeZone: desk.timeZone, request: requestOf(context, unit), at: look.at };
  const said = words(about);
  return {
    kind,
    unitKey,
    steps,
    scopes: unit.exemptions.map(({ scope }) => scope),
    severity: unit.recommendation.severity,
    alert: { ...alertAbout(unit, said, about), ...recommendationsOf(context, unit) },
    ending,
    outcome: said.outcome && {
      keys: toAll ? [...new Set([...(ending?.of ?? []), unit.key])] : (ending?.of ?? [unit.key]),
      becomes: toAll ? unit.key : undefined,
      outcome: { ...said.outcome, step: said.step, event: outcomeEvent(said.step, unit, `${unitKey} ${steps.at(-1)}`) },
      ...(said.step === 'expired' ? {} : { exemptionIds: unit.exemptions.map(({ id }) => id) }),
    },
  };
};

/** What is at an end with these units, for whoever was told anything about them. */
export const endOfUnits = (
  units: readonly Pick<ExemptionUnit, 'key' | 'exemptions'>[],
  choices: Partial<Pick<Ending, 'onlyToHearers' | 'requesterKnows'>> = {},
): Ending => ({
  of: [...new Set(units.flatMap((unit) => keysOfUnit(unit.key, [endKey(unit)])))],
  onlyToHearers: false,
  requesterKnows: false,
  ...choices,
});

/**
 * A key for an event on exemptions in their current state: equal if a sweep finds the same event again, different if it happens again
 * later.
 */
export const momentOf = ({ desk }: Pick<NewsContext, 'desk'>, sightings: readonly Sighting[]): string =>
  desk.hash(
    JSON.stringify(
      sightings
        .map(({ exemption, version }) => [exemption.id.toLowerCase(), version, exemption.createdAt?.toISOString()])
        .sort(),
    ),
  );
