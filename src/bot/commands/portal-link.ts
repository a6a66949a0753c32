import { action } from '../../cards/card-action.ts';
import { messageCard } from '../../cards/message-card.ts';
import { counted } from '../../core/first-few.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import { referencesIn } from '../../core/request/typed-reference.ts';
import { isGuid, nameOf } from '../../core/tenant/arm-id.ts';
import { portalLinksIn, type PortalLink, type PortalTarget } from '../../core/tenant/portal-link.ts';
import { countAt } from '../../workflow/recommendation/count-at.ts';
import type { Desk } from '../../workflow/desk.ts';
import { disclose } from '../disclose.ts';
import type { Outcome } from '../outcome.ts';
import { refuseToGuest } from '../../core/access/guest-rights.ts';
import type { Turn } from '../turn.ts';
import { askWhich, candidateButton, candidatesShown } from './ask-which.ts';
import { everyExemption } from './exemption/exemptions.ts';
import { everyRecommendation } from './recommendation/recommendations.ts';
import { scopeSaid } from './said-whole.ts';

/** What a line with an address of the portal means: another line without it, or what the bot has of a scope. */
export type LinkMeaning =
  | { readonly kind: 'line'; readonly line: string }
  | { readonly kind: 'scope'; readonly id: string }
  | { readonly kind: 'which'; readonly lines: readonly { readonly title: string; readonly line: string }[] };

const refuse = (sentence: string): never => {
  throw new GovernanceError('invalid', sentence);
};

const otherCloud =
  'That link is to the Azure portal of a national cloud. Exemption Desk works with the public cloud, portal.azure.com, only.';
const otherDirectory =
  'That link is of another Entra directory than this one, so Exemption Desk sees nothing of what it names.';
const namesNothing =
  'That page of the Azure portal names no recommendation, resource, exemption or policy assignment. Open the one that you mean in the portal and copy its address from there; or say it: help';

/** The typed line for what an address opens; undefined for a scope, of which the bot has more than one list. */
const lineFor = (target: PortalTarget): string | undefined => {
  switch (target.kind) {
    case 'recommendation':
      return `recommendation ${target.key}${target.resource === undefined ? '' : ` resource:"${target.resource}"`}`;
    case 'exemption':
      return `exemption "${target.id}"`;
    case 'assignment':
      return `exemptions assignment:"${target.id}"`;
    case 'scope':
      return undefined;
    case 'nothing':
      return refuse(namesNothing);
  }
};

/** Commands that take the id of what an address opens in its place. `exempt` has its own words. */
const takesId: readonly { readonly name: RegExp; readonly kind: PortalTarget['kind']; readonly as: string }[] = [
  { name: /^(?:revoke|renew)\s/i, kind: 'exemption', as: '' },
  { name: /^(?:subscribe|unsubscribe|approvals\s+here)\s/i, kind: 'scope', as: '' },
  { name: /^(?:exemptions|recommendations|score)\s/i, kind: 'scope', as: 'sub:' },
];

/** Commands whose words are for people, who may quote an address in them. */
const saysToPeople = /^(?:approve|reject|withdraw|change|again|request|requests|revoke|renew|subscribe|unsubscribe)\b/i;

const politely = /^(?:(?:please|pls|can you|could you)\s+)+/i;

/** `exempt <address> for 30 days because …` as the line without the address. */
const exemptLineFor = (line: string, links: readonly PortalLink[]): string | undefined => {
  const [, words = ''] = /(?:^|\s)(exempt\s[\s\S]*)$/i.exec(line) ?? [];
  const [first] = links;
  if (words === '' || first === undefined) return undefined;
  const [head = ''] = words.split(/\sbecause\s/i, 1);
  const tail = words.slice(head.length);
  const named = links.filter(({ said }) => head.includes(said));
  if (named.length === 0) return undefined;
  const as = ({ target }: PortalLink, isBehindFrom: boolean): string => {
    if (target.kind === 'recommendation')
      return isBehindFrom || target.resource === undefined ? target.key : `"${target.resource}"`;
    return target.kind === 'scope' ? `"${target.id}"` : '';
  };
  const from = /\sfrom\s/i.exec(head)?.index;
  if (from !== undefined)
    return `${named.reduce((text, link) => text.replace(link.said, () => as(link, head.indexOf(link.said) > from)), head)}${tail}`;
  const { target, said } = first;
  if (target.kind !== 'recommendation' || named.length > 1) return undefined;
  const resource = target.resource === undefined ? '' : `"${target.resource}" `;
  return `exempt ${resource}from ${target.key}${head.slice(head.indexOf(said) + said.length)}${tail}`;
};

const checked = (link: PortalLink, { conversation }: Pick<Turn, 'conversation'>): PortalLink => {
  if (link.isOtherCloud) refuse(otherCloud);
  // The domains of this directory are not known here.
  const { directory } = link;
  if (directory !== undefined && isGuid(directory) && directory !== conversation.tenantId.toLowerCase())
    refuse(otherDirectory);
  return link;
};

const titleOf = (target: PortalTarget): string =>
  target.kind === 'nothing'
    ? 'Another page'
    : target.kind === 'recommendation'
      ? `Recommendation ${target.key}${target.resource === undefined ? '' : ` of ${nameOf(target.resource)}`}`
      : `${{ exemption: 'Exemption', assignment: 'Policy assignment', scope: 'Scope' }[target.kind]} ${nameOf(target.id)}`;

/**
 * What a line with an address of the Azure portal means; undefined for a line without one, and where it stands in words for people. The line that
 * it becomes is answered like any other, by the rights of whoever wrote it. Throws GovernanceError invalid for an address that names nothing here.
 */
export const meaningOfLinks = (typed: string, turn: Pick<Turn, 'conversation'>): LinkMeaning | undefined => {
  const line = typed.replace(politely, '');
  const links = portalLinksIn(line);
  const [first] = links;
  if (first === undefined || referencesIn(`${first.before} `).length > 0) return undefined;
  for (const link of links) checked(link, turn);
  const { target, said, before, after } = first;
  const exempting = exemptLineFor(line, links);
  if (exempting !== undefined) return { kind: 'line', line: exempting };
  const command = takesId.find(({ name, kind }) => name.test(line) && kind === target.kind);
  if (command !== undefined && 'id' in target && !/\sbecause\s/i.test(before))
    return { kind: 'line', line: `${before}${command.as}"${target.id}"${after}` };
  if (saysToPeople.test(line) || /\sbecause\s/i.test(before)) return undefined;
  const others = links.slice(1).filter((each) => each.said !== said);
  if (others.length > 0)
    return {
      kind: 'which',
      lines: [first, ...others].map((each) => ({ title: titleOf(each.target), line: each.said })),
    };
  const meant = lineFor(target);
  return meant === undefined && target.kind === 'scope'
    ? { kind: 'scope', id: scopeSaid(target.id) }
    : { kind: 'line', line: meant ?? '' };
};

/** The question which of several addresses in a line is meant. */
export const askWhichLink = ({ lines }: Extract<LinkMeaning, { kind: 'which' }>): Outcome => {
  const left = lines.length - candidatesShown;
  return askWhich(
    `That line holds ${lines.length} links to the Azure portal.${left > 0 ? ` The last ${left} have no button here.` : ''}`,
    lines.slice(0, candidatesShown).map(({ title, line }) => candidateButton(title, { verb: 'say', command: line })),
  );
};

/** What there is of one scope: how many recommendations and exemptions, with a button for either list. */
export const scopeOutcome = async (desk: Desk, turn: Turn, id: string): Promise<Outcome> => {
  refuseToGuest(turn.guest, 'reads');
  return disclose(
    turn,
    async (asker) => {
      const { viewpoint, open, exemptions } = await countAt(desk, asker, id);
      const sentences = [
        open === undefined ? 'You may not read recommendations there.' : `${counted(open, 'open recommendation')}.`,
        exemptions === undefined
          ? 'You may not read exemptions there.'
          : `${counted(exemptions, 'exemption covers', 'exemptions cover')} something of it.`,
      ];
      const buttons = [
        ...(open === undefined
          ? []
          : [
              action('Recommendations there', {
                verb: 'list-recommendations',
                ...everyRecommendation,
                subscription: id,
              }),
            ]),
        ...(exemptions === undefined
          ? []
          : [action('Exemptions there', { verb: 'list-exemptions', ...everyExemption, subscription: id })]),
      ];
      return { viewpoint, card: messageCard({ title: viewpoint.label, text: sentences.join(' '), buttons }) };
    },
    'card',
  );
};
