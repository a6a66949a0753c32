export const requestStatuses = [
  'pending',
  'approved',
  'rejected',
  'withdrawn',
  'lapsed',
  'applied',
  'partly-applied',
  'effective',
  'failed',
  'expired',
  'revoking',
  'revoked',
  'replaced',
] as const;

export type RequestStatus = (typeof requestStatuses)[number];

/** The statuses that may follow each status; every other transition is refused. */
export const allowedNext: Readonly<Record<RequestStatus, readonly RequestStatus[]>> = {
  pending: ['approved', 'rejected', 'withdrawn', 'lapsed'],
  approved: ['applied', 'partly-applied', 'failed', 'lapsed'],
  applied: ['approved', 'effective', 'expired', 'revoking', 'replaced'],
  'partly-applied': ['approved', 'effective', 'expired', 'revoking', 'replaced'],
  effective: ['approved', 'expired', 'revoking', 'replaced'],
  failed: ['approved'],
  revoking: ['revoked'],
  rejected: [],
  withdrawn: [],
  lapsed: [],
  expired: [],
  revoked: [],
  replaced: [],
};

/** The statuses of requests that wait, stand in Azure or can be taken up again: something can still follow. */
export const openStatuses: readonly RequestStatus[] = requestStatuses.filter(
  (status) => allowedNext[status].length > 0,
);
