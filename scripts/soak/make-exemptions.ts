import type { Surroundings } from '../../simulator/start.ts';

const dayMs = 86_400_000;

/** The text that identifies the alert about the exemption with a number. */
export const soakWords = (number: number): string => `Soak number ${number}.`;

/** Makes unrelated, numbered exemptions in the portal, visible to every reader at once. */
export const exemptionMaker = async ({
  tenant,
  control,
}: Surroundings): Promise<(number: number) => { readonly id: string }> => {
  const made = (await control['POST /simulator/portal-exemption']?.({})) as { exemptions: readonly string[] };
  const pattern = tenant.exemptions.find(made.exemptions[0] ?? '');
  if (pattern === undefined) throw new Error('Nothing could be exempted in the portal.');
  return (number) => {
    const name = `soak-${number}`;
    const id = `${pattern.id.slice(0, pattern.id.lastIndexOf('/'))}/${name}`;
    const at = tenant.now().toISOString();
    tenant.exemptions.write(
      {
        ...pattern,
        id,
        name,
        properties: {
          ...pattern.properties,
          displayName: name,
          description: soakWords(number),
          // Exemptions with the same expiry would be one alert.
          expiresOn: new Date(tenant.now().getTime() + 100 * dayMs + number * 60_000).toISOString(),
        },
        systemData: { ...pattern.systemData, createdAt: at, lastModifiedAt: at },
      },
      { settled: true },
    );
    return { id };
  };
};
