import type { Group, Principal } from '../tenant.ts';
import { guidOf, numbersTo, roll } from './dice.ts';
import { objectIdOf, patPortal } from './people.ts';

const group = (displayName: string, members: readonly string[]): Group => ({
  id: guidOf(`group ${displayName}`),
  displayName,
  members,
});

const membersPerTeam = 25;
const teamsPerDepartment = 10;
const regions = ['Americas', 'Asia Pacific', 'EMEA', 'Global'] as const;

export type Groups = {
  readonly all: readonly Group[];
  /** Whose members may decide: the approvers are in its regions, two groups further down. */
  readonly security: Group;
  /** The central team, and the programs that write exemptions. */
  readonly central: Group;
  readonly teams: readonly Group[];
};

/** Departments with teams, and the security organisation with its regions and shifts. Somebody is in a team and often in a second one. */
export const groupsOf = (employees: readonly Principal[], approvers: number): Groups => {
  const ids = employees.map(({ objectId }) => objectId);
  const teamCount = Math.max(1, Math.ceil(ids.length / membersPerTeam));
  const teams = numbersTo(teamCount).map((number) =>
    group(
      `Team ${number + 1}`,
      ids.filter((id, at) => at % teamCount === number || roll(`second ${id}`, teamCount * 3) === number),
    ),
  );
  const departments = numbersTo(Math.ceil(teamCount / teamsPerDepartment)).map((number) =>
    group(
      `Department ${number + 1}`,
      teams.slice(number * teamsPerDepartment, (number + 1) * teamsPerDepartment).map(({ id }) => id),
    ),
  );
  const shifts = regions.map((region, at) =>
    group(`Security Operations ${region}, shift A`, [
      ...(at === 0 ? [objectIdOf('bob')] : []),
      ...ids.slice(0, approvers).filter((_, number) => number % regions.length === at),
    ]),
  );
  const regional = regions.map((region, at) => group(`Security ${region}`, [shifts[at]?.id ?? '']));
  const security = group('Security', [...regional.map(({ id }) => id), patPortal.objectId]);
  const central = group('Central Cloud Security', [objectIdOf('sara')]);
  const everybody = group('All of Fabrikam', [...departments.map(({ id }) => id), security.id, central.id]);
  return {
    all: [...teams, ...departments, ...shifts, ...regional, security, central, everybody],
    security,
    central,
    teams,
  };
};
