import { cleanupCard } from '../../../cards/exemption/cleanup-card.ts';
import { GovernanceError } from '../../../core/governance-error.ts';
import { cleanupKinds } from '../../../core/inventory/cleanup.ts';
import { planCleanup } from '../../../workflow/inventory/plan-cleanup.ts';
import type { Command } from '../../command.ts';
import { answeredPrivately } from '../../outcome.ts';

/** The dry run follows the asker's own permissions, so it goes to their personal chat. */
export const cleanupCommand: Command = {
  name: 'cleanup',
  usage: 'cleanup [expired|orphaned]',
  description: 'Delete expired and orphaned exemptions, after a dry run',
  menus: [],
  changes: true,
  guests: 'nothing',
  run: async (desk, turn, { rest }) => {
    const kind = cleanupKinds.find((each) => each === rest.trim().toLowerCase());
    if (kind === undefined && rest.trim() !== '')
      throw new GovernanceError('invalid', 'Send: cleanup, cleanup expired, or cleanup orphaned');
    const kinds = kind === undefined ? cleanupKinds : [kind];
    const { plan, ...found } = await planCleanup(desk, turn.person, kinds);
    return {
      kind: 'private',
      outcome: { kind: 'card', card: cleanupCard({ ...found, planId: plan.id, timeZone: desk.timeZone }) },
      pointer: answeredPrivately,
    };
  },
};
