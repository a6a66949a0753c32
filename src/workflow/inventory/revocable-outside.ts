import type { Exemption } from '../../core/exemption/exemption.ts';
import { GovernanceError } from '../../core/governance-error.ts';
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

const toolOf = (exemptions: readonly Pick<Exemption, 'managedBy'>[]): string | undefined =>
  exemptions.find(({ managedBy }) => managedBy !== undefined)?.managedBy;

const managedSentence = (tool: string): string =>
  `${tool} manages it in files of its own and would undo what is changed or deleted here. Have it changed there.`;

const tooMany = (rows: MadeTogether): string | undefined =>
  rows.length > mostTogether
    ? `${rows.length} exemptions were created together, more than can be revoked at once. Delete them in the Azure portal.`
    : undefined;

const refused = (sentence: string): GovernanceError => new GovernanceError('conflict', sentence);

/**
 * What would leave Azure if somebody revoked an exemption made outside: it and those made together with it, as Resource Manager has them now, because
 * Resource Graph lags and masks texts. Throws GovernanceError conflict with the reason if it is not revoked as made outside, and unavailable if Azure
 * does not answer.
 */
export const readOutside = async (desk: Desk, rows: MadeTogether): Promise<Exemption[]> => {
  const [{ live }, ...others] = rows;
  const why = whyOtherwise(rows) ?? tooMany(rows);
  if (why !== undefined) throw refused(why);
  const read = await Promise.all(others.map(({ exemption }) => desk.exemptions.read(exemption.id)));
  const found = [live, ...read].flatMap((each) => each ?? []);
  const tool = toolOf(found);
  if (tool !== undefined) throw refused(managedSentence(tool));
  return found;
};

/** What its card says of that, from what was read for the card already; undefined if its card offers something else. */
export const showOutside = (rows: MadeTogether): RevocableOutside | undefined => {
  if (whyOtherwise(rows) !== undefined) return undefined;
  const tool = toolOf(rows.map(({ exemption }) => exemption));
  return { tool, whyNot: tool === undefined ? tooMany(rows) : managedSentence(tool) };
};
