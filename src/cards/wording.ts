import type { ExemptionCategory } from '../core/exemption/exemption.ts';
import type { ExemptionState } from '../core/inventory/exemption-state.ts';
import type { Severity } from '../core/tenant/severity.ts';
import type { ExemptionRequest } from '../core/request/request.ts';
import type { RequestStatus } from '../core/request/request-status.ts';
import { retirementOf } from '../core/tenant/retired-recommendation.ts';
import { emergencyLabel, goneLabel, wordsOf } from '../core/request/status-words.ts';

/**
 * Colours as Adaptive Cards name them, of badges and containers. A word always says the same as the colour. Words themselves are never coloured:
 * Teams' own yellow and green cannot be read on white (1.5 : 1 and 2.1 : 1), nor its red on the dark theme (3.2 : 1).
 */
export type Colour = 'default' | 'accent' | 'good' | 'warning' | 'attention';
/** A word or two on a badge. Clients that draw no badges show the word in bold. */
export type Mark = { readonly word: string; readonly colour: Colour };

export const severityMarks: Readonly<Record<Severity, Mark>> = {
  critical: { word: 'Critical', colour: 'attention' },
  high: { word: 'High', colour: 'attention' },
  medium: { word: 'Medium', colour: 'warning' },
  low: { word: 'Low', colour: 'default' },
};

const statusColours: Readonly<Record<RequestStatus, Colour>> = {
  pending: 'accent',
  approved: 'good',
  applied: 'good',
  'partly-applied': 'warning',
  effective: 'good',
  rejected: 'attention',
  withdrawn: 'default',
  lapsed: 'default',
  revoking: 'warning',
  revoked: 'default',
  failed: 'attention',
  expired: 'default',
  replaced: 'default',
};

/** The status of a request as its card and lists show it. */
export const statusMark = ({
  status,
  terms,
  emergency,
  governance,
  failure,
}: Pick<ExemptionRequest, 'status' | 'terms' | 'emergency' | 'governance'> &
  Partial<Pick<ExemptionRequest, 'failure'>>): Mark => {
  if (status === 'lapsed' && failure !== undefined) return { word: goneLabel, colour: statusColours.lapsed };
  if (emergency !== undefined && status !== 'failed') return { word: emergencyLabel(status), colour: 'warning' };
  const { label, labelWhenAdopted = label } = wordsOf({ status, terms });
  const isRetired = status === 'effective' && retirementOf(terms.recommendation.key) !== undefined;
  return {
    word: governance.adopted === true ? labelWhenAdopted : label,
    colour: isRetired ? 'warning' : statusColours[status],
  };
};

const longestBeside = 22;

/** A badge of more characters than fit beside something else on a phone needs a line of its own, because badges do not wrap. */
export const standsAlone = ({ word }: Mark): boolean => word.length > longestBeside;

/** The header of a card in a colour; without one it is grey, like the header of every card. */
export const headerStyle = (colour: Colour): Exclude<Colour, 'default'> | 'emphasis' =>
  colour === 'default' ? 'emphasis' : colour;

export const categoryWords: Readonly<Record<ExemptionCategory, string>> = {
  Waiver: 'Waiver: the risk is accepted',
  Mitigated: 'Mitigated: met another way',
};

export const scoreWords: Readonly<Record<ExemptionCategory, string>> = {
  Waiver: 'Neutral: waived resources leave the calculation (classic score)',
  Mitigated: 'Rises: mitigated resources count as healthy (classic score)',
};

export const stateMarks: Readonly<Record<ExemptionState, Mark>> = {
  active: { word: 'Active', colour: 'good' },
  expiring: { word: 'Expires soon', colour: 'warning' },
  expired: { word: 'Expired', colour: 'default' },
  'never-expires': { word: 'Never expires', colour: 'warning' },
  orphaned: { word: 'Orphaned', colour: 'attention' },
};
