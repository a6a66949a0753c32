/** A part of Azure that can be away while the others answer. */
export type AzureService = 'Azure Resource Graph' | 'Azure Resource Manager' | 'Microsoft Graph';

/** How one part of Azure has answered this replica since its start. */
export type AzureServiceHealth = {
  readonly service: AzureService;
  readonly answeredAt: Date | undefined;
  /** Since when no question was answered, and when the last was asked; undefined while it answers. */
  readonly failing: { readonly since: Date; readonly last: Date } | undefined;
};

export type AzureHealth = {
  /**
   * Asks Resource Graph one small question, for at most 2 s, then says how each part of Azure that was asked has answered, the questions of
   * people's turns included. Never throws.
   */
  readonly look: () => Promise<readonly AzureServiceHealth[]>;
};

const minute = 60_000;
/** Someone has asked so recently that the state counts as that of now. */
const recent = 2 * minute;

const unknownMeanwhile: Readonly<Record<AzureService, string>> = {
  'Azure Resource Graph': 'what is open, exempt or about to expire is not known',
  'Azure Resource Manager': 'nothing can be decided or written',
  'Microsoft Graph': 'roles that people hold through groups are not known',
};

const minutes = (milliseconds: number): string => {
  const count = Math.floor(milliseconds / minute);
  return count === 1 ? '1 minute' : `${count.toLocaleString('en')} minutes`;
};

const how = ({ since, last }: NonNullable<AzureServiceHealth['failing']>, now: Date): string => {
  const [lasting, ago] = [now.getTime() - since.getTime(), now.getTime() - last.getTime()];
  if (ago > recent) return `did not answer when it was last asked, ${minutes(ago)} ago`;
  return lasting < minute ? 'does not answer' : `has not answered for ${minutes(lasting)}`;
};

/** What does not answer, and what is not known because of that, as sentences; empty where every last question was answered. */
export const azureTroubles = (health: readonly AzureServiceHealth[], now: Date): string[] =>
  health.flatMap(({ service, failing }) =>
    failing === undefined ? [] : [`${service} ${how(failing, now)}: until it does, ${unknownMeanwhile[service]}.`],
  );

/** When Azure answered last; undefined for never since the start of this replica. */
export const lastAnswer = (health: readonly AzureServiceHealth[]): Date | undefined =>
  health
    .flatMap(({ answeredAt }) => answeredAt ?? [])
    .toSorted((a, b) => a.getTime() - b.getTime())
    .at(-1);
