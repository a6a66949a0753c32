type Lock = {
  readonly packages: Readonly<
    Record<string, { readonly version?: string; readonly license?: string; readonly dev?: boolean }>
  >;
};

export type ShippedPackage = { readonly name: string; readonly version: string; readonly licence: string };

/** Licences that package.json does not state: read from LICENSE or readme, for these versions. */
const readByHand: Readonly<Record<string, string>> = {
  'escape-regexp-component 1.0.2': 'MIT',
  'jspath 0.4.0': 'MIT',
};

/** The packages that `npm ci --omit=dev` installs, according to the lock file; each version once. */
export const shippedPackages = (lockFile: string): ShippedPackage[] => {
  const { packages } = JSON.parse(lockFile) as Lock;
  const shipped = Object.entries(packages)
    .filter(([path, { dev }]) => path !== '' && dev !== true)
    .map(([path, { version = '', license }]) => {
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
      return { name, version, licence: license ?? readByHand[`${name} ${version}`] ?? 'not said' };
    });
  const distinct = new Map(shipped.map((each) => [`${each.name} ${each.version}`, each]));
  return [...distinct.values()].toSorted((a, b) => a.name.localeCompare(b.name) || a.version.localeCompare(b.version));
};

/** The page about them. */
export const licencePage = (packages: readonly ShippedPackage[]): string => {
  const groups = [...Map.groupBy(packages, ({ licence }) => licence)].toSorted(
    ([a, those], [b, others]) => others.length - those.length || a.localeCompare(b),
  );
  return [
    '# Licences of what is shipped',
    '',
    `\`npm ci --omit=dev\` installs ${packages.length} packages. This page is written by \`npm run licences\` from the lock file; \`npm sbom --sbom-format cyclonedx --package-lock-only\` gives it to machines, together with what only development needs, which is marked \`cdx:npm:package:development\`. With \`--omit dev\` npm leaves out whatever development needs as well, zod for one.`,
    '',
    '| licence | packages |',
    '| --- | --- |',
    ...groups.map(
      ([licence, those]) => `| ${licence} | ${those.map(({ name, version }) => `${name} ${version}`).join(', ')} |`,
    ),
    '',
  ].join('\n');
};
