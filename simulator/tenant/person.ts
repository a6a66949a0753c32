/** How Teams knows somebody: with an account here, as a guest in the directory, or as somebody whom the directory does not know. */
export type Belonging = 'member' | 'guest' | 'shared-channel' | 'federated' | 'anonymous';

export type Person = {
  readonly key: string;
  readonly name: string;
  readonly objectId: string;
  readonly tenantId: string;
  /** For a guest, the name that the directory made. */
  readonly userPrincipalName: string;
  readonly belonging: Belonging;
  /** One line for the chat page: the part of this person in the story. */
  readonly part: string;
};

/** The bot's own identity in Azure (a managed identity's service principal), the same in every tenant. */
export const botPrincipal = { key: 'bot', name: 'Exemption Desk', objectId: '00000000-0000-4000-8000-000000000100' };
