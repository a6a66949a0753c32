import { isRefusal } from '../../core/governance-error.ts';
import { draftedTogetherMs, type UnclaimedDraft } from '../../core/request/draft.ts';
import { scopeLabel } from '../../core/tenant/hierarchy.ts';
import { attemptAll } from '../attempt-all.ts';
import type { Desk } from '../desk.ts';
import { findApprovalChannels } from '../decide/find-approval-channels.ts';

/** More than a channel could read in a minute. */
const toldAtOnce = 20;

const tell = async (desk: Desk, { id, recommendation, scopes }: UnclaimedDraft): Promise<void> => {
  const channels = await findApprovalChannels(desk, scopes, recommendation.key);
  if (channels.length === 0)
    desk.tellOperator(
      'No channel was told of a draft that an application left: none takes requests there. Let one take them: docs/install.md.',
      { draft: id, recommendation: recommendation.key },
    );
  const hierarchy = await desk.hierarchy();
  const scopeLabels = scopes.map((scope) => scopeLabel(scope, hierarchy));
  for (const channel of channels)
    try {
      await desk.notifier.post(channel, { kind: 'unclaimed-draft', id, title: recommendation.title, scopeLabels });
    } catch (error) {
      // That channel is gone; the others are told.
      if (!isRefusal(error)) throw error;
    }
};

/** Tells the channels that take requests of drafts that applications left, once what is drafted together is together. */
export const tellDrafts = async (desk: Desk): Promise<void> => {
  const now = desk.now();
  const until = new Date(now.getTime() - draftedTogetherMs);
  const { unclaimedDrafts } = desk.database;
  const drafts = await unclaimedDrafts.takeToTell({ until, most: toldAtOnce, now });
  await attemptAll(
    drafts.map((draft) => async () => {
      try {
        await tell(desk, draft);
      } catch (error) {
        await unclaimedDrafts.tellLater(draft.id);
        throw error;
      }
    }),
  );
};
