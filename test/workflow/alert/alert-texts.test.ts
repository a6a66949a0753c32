import { alertAbout } from '../../../src/workflow/alert/alert-texts.ts';
import { contoso, vm1 } from '../../core/contoso.ts';
import { exemption } from '../../core/policies.ts';
import { atRoot } from '../../fakes/fake-tenant.ts';

const context = { hierarchy: contoso, timeZone: 'Europe/Berlin', request: undefined };
const creatorIn = (createdBy: string | undefined, step: 'created' | 'deleted'): string | undefined =>
  alertAbout(
    {
      key: 'one',
      recommendation: { title: 'Disks should be encrypted', severity: 'high' },
      exemptions: [{ ...exemption(atRoot, vm1, ['diskEncryption']), createdBy }],
      reference: undefined,
    },
    { step, title: 'Something happened' },
    context,
  ).facts.find(({ label }) => label === 'Created by')?.text;

describe('who created an exemption, as an alert tells it', () => {
  it.each([
    ['pat@contoso.example', 'created', 'pat@contoso.example'],
    ['6688e14b-0f9f-4d65-8737-80029bb51024', 'created', 'the application 6688e14b-0f9f-4d65-8737-80029bb51024'],
    [undefined, 'created', 'Azure does not say'],
    ['pat@contoso.example', 'deleted', 'pat@contoso.example'],
    // Once it is gone, Exemption Desk knows nobody, whatever Azure knew.
    [undefined, 'deleted', undefined],
  ] as const)('%s, %s: %s', (createdBy, step, told) => {
    expect(creatorIn(createdBy, step)).toBe(told);
  });
});
