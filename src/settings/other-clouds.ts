const publicCloud = {
  AZURE_CLOUD: /^(azure|azurecloud|azurepubliccloud|public)$/i,
  AZURE_AUTHORITY_HOST: /^(https:\/\/)?login\.(microsoftonline\.com|microsoft\.com|windows\.net)\/?$/i,
} as const;

type Cloud = keyof typeof publicCloud;

/** A line for each setting that names a cloud where Exemption Desk cannot work. */
export const otherClouds = (
  settings: Partial<Record<Cloud, string | undefined>>,
  remedies: Readonly<Record<Cloud, string>>,
): string[] =>
  (['AZURE_CLOUD', 'AZURE_AUTHORITY_HOST'] as const).flatMap((name) => {
    const value = settings[name];
    return value === undefined || publicCloud[name].test(value)
      ? []
      : [
          `${name} names a cloud other than public Azure. Defender for Cloud has no exemptions in Azure Government and in Azure operated by 21Vianet, so Exemption Desk cannot work there. Set ${remedies[name]}.`,
        ];
  });
