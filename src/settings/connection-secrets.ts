const named = /^CONNECTION_[A-Z0-9_]+$/;

/**
 * The settings that a connections file may name as secrets. If App Service cannot resolve a secret in Key Vault, it leaves the reference as the
 * value: many people may read that, so it counts as missing.
 */
export const connectionSecretsIn = (
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      named.test(name) && value !== undefined && value !== '' && !/^@Microsoft\.KeyVault\(/i.test(value)
        ? [[name, value] as const]
        : [],
    ),
  );
