import type { Exemption } from '../../core/exemption/exemption.ts';
import { isOrdinary, type RevocableOutside } from '../../core/inventory/listed-exemption.ts';
import { normalId } from '../../core/tenant/arm-id.ts';
import type { Desk } from '../desk.ts';
import type { MadeTogether } from './read-exemption.ts';

/** The most exemptions made together that are revoked together: the card names every one of them. */
const mostTogether = 20;

/** The fingerprint of an exemption changes whenever somebody writes it, and with everything that Exemption Desk shows of it. */
export const fingerprintOf = (desk: Pick<Desk, 'hash'>, exemption: Exemption): string => {
  const { id, name: _, scope: __, policyAssignmentId, ...rest } = exemption;
  return desk.hash(
    JSON.stringify([
      normalId(id),
      normalId(policyAssignmentId),
      Object.entries(rest).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ]),
  );
};

/** The fingerprint of several exemptions as they were shown: one more, one fewer or one changed gives another. */
export const fingerprintOfAll = (desk: Pick<Desk, 'hash'>, exemptions: readonly Exemption[]): string =>
  desk.hash(
    exemptions
      .map((each) => fingerprintOf(desk, each))
      .toSorted()
      .join(' '),
  );

/** Why exemptions are not revoked as made outside, as far as their rows say, as a sentence; undefined for nothing. */
const whyOtherwise = (rows: MadeTogether): string | undefined => {
  const [first] = rows;
  const request = rows.find((row) => row.request !== undefined)?.request;
  if (first.madeIn === 'defender') return 'It was created in Defender for Cloud, so Exemption Desk cannot delete it.';
  if (request !== undefined)
    return `It belongs to ${request.reference}. To revoke it, send: revoke ${request.reference} <reason>`;
  if (first.state === 'orphaned' || first.state === 'expired')
    return 'It no longer exempts anything. To delete it, send: cleanup';
  return isOrdinary(first)
    ? 'It does not belong to any Defender recommendation. Delete it in the Azure portal.'
    : undefined;
};

export type Outside =
  | { readonly kind: 'revocable'; readonly found: readonly Exemption[] }
  /** With the reason, as a sentence. */
  | { readonly kind: 'not-revocable'; readonly why: string };

const not = (why: string): Outside => ({ kind: 'not-revocable', why });

const readTogether = async (desk: Desk, rows: MadeTogether): Promise<Outside> => {
  if (rows.length > mostTogether)
    return not(
      `${rows.length} exemptions were created together, more than can be revoked on one card. Delete them in the Azure portal.`,
    );
  const read = await Promise.all(rows.map(({ exemption }) => desk.exemptions.read(exemption.id)));
  const found = read.flatMap((each) => each ?? []);
  const tool = found.find(({ managedBy }) => managedBy !== undefined)?.managedBy;
  if (tool !== undefined)
    return not(`${tool} manages it and would write it again if it were revoked here. Have it removed there.`);
  return found.length === 0 ? not('It has just been deleted.') : { kind: 'revocable', found };
};

/**
 * What would leave Azure if somebody revoked an exemption made outside: it and those made together with it, each read from Resource Manager
 * now, because Resource Graph lags and masks texts. Throws GovernanceError unavailable if Azure does not answer.
 */
export const readOutside = async (desk: Desk, rows: MadeTogether): Promise<Outside> => {
  const why = whyOtherwise(rows);
  return why === undefined ? readTogether(desk, rows) : not(why);
};

/** The same for its card; undefined if its card offers something else. */
export const showOutside = async (desk: Desk, rows: MadeTogether): Promise<RevocableOutside | undefined> => {
  if (whyOtherwise(rows) !== undefined) return undefined;
  const outside = await readTogether(desk, rows);
  return outside.kind === 'revocable'
    ? { names: outside.found.map(({ name }) => name), seen: fingerprintOfAll(desk, outside.found) }
    : { whyNot: outside.why };
};
