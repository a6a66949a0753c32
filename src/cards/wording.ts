import type { ExemptionCategory } from '../core/exemption/exemption.ts';
import type { ExemptionState } from '../core/inventory/exemption-state.ts';
import type { Severity } from '../core/tenant/recommendation.ts';
import type { ExemptionRequest, RequestStatus } from '../core/request/request.ts';

/** Colours as Adaptive Cards name them; a word always stands beside them. */
export type Colour = 'default' | 'accent' | 'good' | 'warning' | 'attention';
export type Mark = { readonly word: string; readonly colour: Colour };

export const severityMarks: Readonly<Record<Severity, Mark>> = {
  high: { word: 'High', colour: 'attention' },
  medium: { word: 'Medium', colour: 'warning' },
  low: { word: 'Low', colour: 'default' },
};

export const statusMarks: Readonly<Record<RequestStatus, Mark>> = {
  pending: { word: 'Waiting for approval', colour: 'accent' },
  approved: { word: 'Approved', colour: 'good' },
  applied: { word: 'Approved and written to Azure', colour: 'good' },
  'partly-applied': { word: 'Approved and written to Azure in part', colour: 'warning' },
  effective: { word: 'In effect', colour: 'good' },
  rejected: { word: 'Rejected', colour: 'attention' },
  withdrawn: { word: 'Withdrawn', colour: 'default' },
  lapsed: { word: 'Lapsed: nobody decided', colour: 'default' },
  revoking: { word: 'Being taken out of Azure', colour: 'warning' },
  revoked: { word: 'Taken out of Azure', colour: 'default' },
  failed: { word: 'Approved, but not written to Azure', colour: 'attention' },
  expired: { word: 'Expired', colour: 'default' },
  replaced: { word: 'Replaced by a later request', colour: 'default' },
};

/** What nobody approved here must not be called approved. */
const adoptedWords: Readonly<Partial<Record<RequestStatus, { readonly word: string }>>> = {
  approved: { word: 'Being adopted' },
  applied: { word: 'Adopted' },
  'partly-applied': { word: 'Adopted in part' },
  failed: { word: 'Could not be adopted' },
};

/** The status of a request as its card tells it. */
export const statusMark = ({
  status,
  emergency,
  governance,
}: Pick<ExemptionRequest, 'status' | 'emergency' | 'governance'>): Mark =>
  emergency === undefined || status === 'failed'
    ? { ...statusMarks[status], ...(governance.adopted ? adoptedWords[status] : undefined) }
    : {
        word: status === 'approved' ? 'Emergency: being written to Azure' : 'Emergency: written, waiting for approval',
        colour: 'warning',
      };

export const categoryWords: Readonly<Record<ExemptionCategory, string>> = {
  Waiver: 'Waiver: the risk is accepted',
  Mitigated: 'Mitigated: met another way',
};

export const scoreWords: Readonly<Record<ExemptionCategory, string>> = {
  Waiver: 'Neutral: what is waived leaves the calculation (classic score)',
  Mitigated: 'Rises: what is mitigated counts as healthy (classic score)',
};

/** "1 resource", "12 resources". */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/** The first few of a list, and how many more there are. */
export const listed = (names: readonly string[], most: number): string =>
  names.length <= most ? names.join(', ') : `${names.slice(0, most).join(', ')} and ${names.length - most} more`;

export const stateMarks: Readonly<Record<ExemptionState, Mark>> = {
  active: { word: 'Active', colour: 'good' },
  expiring: { word: 'Expires soon', colour: 'warning' },
  expired: { word: 'Expired', colour: 'default' },
  'never-expires': { word: 'Never expires', colour: 'warning' },
  orphaned: { word: 'Orphaned', colour: 'attention' },
};
