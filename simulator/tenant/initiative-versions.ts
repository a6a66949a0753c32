import { sameId } from './arm-id.ts';
import type { Initiative, PolicyAssignment, Tenant } from './tenant.ts';

export type InitiativeVersion = Pick<Initiative, 'version' | 'members'>;

/** All versions of an initiative, the newest first. */
export const versionsOf = ({ version, members, olderVersions = [] }: Initiative): readonly InitiativeVersion[] => [
  { version, members },
  ...olderVersions,
];

const weightOf = (version: string): number =>
  version
    .replace(/-.*$/, '')
    .split('.')
    .reduce((weight, part) => weight * 10_000 + Number(part), 0);

const isMeant = (definitionVersion: string, version: string): boolean => {
  const [pinned = '', ...wantsPreview] = definitionVersion.split('-');
  const [plain = '', ...isPreview] = version.split('-');
  if (isPreview.length > 0 && wantsPreview.length === 0) return false;
  const actual = plain.split('.');
  return pinned.split('.').every((part, index) => part === '*' || part === actual[index]);
};

/** The initiative of an assignment with the members of its effective version; undefined for an assignment of one policy definition. */
export const effectiveInitiative = (
  { initiatives }: Pick<Tenant, 'initiatives'>,
  { policyDefinitionId, definitionVersion }: PolicyAssignment,
): Initiative | undefined => {
  const initiative = initiatives.find(({ id }) => sameId(id, policyDefinitionId));
  if (initiative === undefined || definitionVersion === undefined) return initiative;
  const [best] = versionsOf(initiative)
    .filter(({ version }) => isMeant(definitionVersion, version))
    .toSorted((a, b) => weightOf(b.version) - weightOf(a.version));
  return { ...initiative, ...(best ?? { members: [] }) };
};
