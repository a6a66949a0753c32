import { createHash } from 'node:crypto';
import { choiceTokens } from '../../src/core/request/choice-token.ts';
import { createAssessments } from '../../simulator/tenant/assessments.ts';
import type { Surroundings } from '../../simulator/start.ts';

const answers = {
  scope: 'resources',
  category: 'Waiver',
  expiry: '30',
  expiryDate: '',
  justification: 'It stays as it is until its owner has replaced it.',
  ticket: '',
};

const tokenOf = choiceTokens((text) => createHash('sha256').update(text).digest('hex'));
const draftPattern = /"draftId":"([^"]+)"/;

/** Carol requests exemptions for one resource after another, as many as wanted and possible; none overlap. */
export const askForRequests = async ({ tenant, teams }: Surroundings, wanted: number): Promise<void> => {
  const open = createAssessments(tenant)
    .all()
    .filter(
      ({ status, recommendation, resource }) =>
        status.code === 'Unhealthy' &&
        !recommendation.evaluatedWithoutPolicy &&
        /\/resourceGroups\/(?!databricks)[^/]+\/providers\//i.test(resource.id),
    );
  await teams.say('carol', 'personal', 'help');
  const last = () =>
    teams.messages('carol').findLast(({ from, cards }) => from === 'bot' && cards.length > 0)?.id ?? '';
  let sent = 0;
  for (const { recommendation, resource } of open) {
    if (sent === wanted) return;
    const selected = tokenOf(resource.id);
    await teams.submit('carol', last(), { verb: 'open-form', assessmentKey: recommendation.assessmentKey, selected });
    const form = last();
    const draftId = draftPattern.exec(JSON.stringify(teams.cardFor('carol', form)))?.[1];
    if (draftId === undefined) continue;
    const name = `For the soak ${String(sent + 1)}`;
    await teams.submit('carol', form, { verb: 'preview-request', draftId, ...answers, resources: selected, name });
    if (!teams.buttons('carol', form).includes('Send')) continue;
    await teams.press('carol', form, 'Send', {});
    sent += 1;
  }
  throw new Error(`The tenant has resources for ${sent} requests only.`);
};
