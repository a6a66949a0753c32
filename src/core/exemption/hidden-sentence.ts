import { nameOf } from '../tenant/arm-id.ts';

/** Why an exemption cannot be renewed, changed or adopted: it carries members that only a later Azure shows. Undefined if it carries none. */
export const hiddenSentence = (id: string, members: readonly string[]): string | undefined =>
  members.length === 0
    ? undefined
    : `The exemption ${nameOf(id)} carries ${members.join(' and ')}, which Exemption Desk does not know and would delete. Renew or change it in the Azure portal.`;
