import { cleanupKinds } from '../../core/inventory/cleanup.ts';
import { GovernanceError } from '../../core/governance-error.ts';
import { dryRun } from '../actions/cleanup.ts';
import type { Command } from '../command.ts';

export const cleanupCommand: Command = {
  name: 'cleanup',
  usage: 'cleanup [expired|orphaned]',
  description: 'Exemptions that exempt nothing any more and that you may delete; a dry run first',
  menus: [],
  changes: true,
  run: async (desk, turn, { rest }) => {
    const kind = cleanupKinds.find((each) => each === rest.trim().toLowerCase());
    if (kind === undefined && rest.trim() !== '')
      throw new GovernanceError('invalid', 'Say: cleanup, cleanup expired, or cleanup orphaned');
    return dryRun(desk, turn, kind === undefined ? cleanupKinds : [kind]);
  },
};
