import { deniedScopes, readAssessments } from '../../../src/core/access/access.ts';
import type { Canned } from '../canned-http-client.ts';
import {
  person,
  subscription,
  roleAssignment,
  roleDefinition,
  grant,
  denial,
  everybody,
  group,
  refused,
  list,
  otherSubscription,
  accessOver,
} from './access-over.ts';

describe('what a person may no longer read', () => {
  const rows = [roleAssignment(person.objectId), roleDefinition];
  const contosoRole = roleAssignment(person.objectId, {
    scope: '/providers/Microsoft.Management/managementGroups/contoso',
  });
  const managedGroup = { scope: `${subscription}/resourceGroups/managed` };
  const minutes = (count: number) => count * 60_000;

  it.each([
    ['a role on the subscription', rows],
    ['a role on the management group above', [contosoRole, roleDefinition]],
  ])('is told by the deny assignments below %s', async (_story, found) => {
    const { azure } = accessOver({ rows: found, denyAssignments: list(denial([group], [], managedGroup)) });
    expect((await azure.forReading(person)).denials).toMatchObject([managedGroup]);
  });

  it('is not touched by the deny assignments of others', async () => {
    const { azure } = accessOver({ rows, denyAssignments: list(denial([{ id: 'other', type: 'Group' }])) });
    expect((await azure.forReading(person)).denials).toEqual([]);
  });

  it.each([
    ['keep silent', { status: 503 }],
    ['may not be asked for', refused],
  ] as const)('is unknown, not nothing, where the deny assignments %s', async (_story, denyAssignments) => {
    const { azure } = accessOver({ rows, denyAssignments });
    await expect(azure.forReading(person)).rejects.toMatchObject({ code: 'unavailable' });
  });

  it.each<[string, Canned]>([
    [
      'is not registered for it',
      { status: 409, body: { error: { code: 'MissingSubscriptionRegistration', message: 'No.' } } },
    ],
    ['does not understand the question', { status: 400, body: { error: { code: 'BadRequest', message: 'No.' } } }],
    ['may not be asked', refused],
    ['keeps silent', { status: 503 }],
    ['answers in another shape', list({ id: 'x' })],
  ])('is everything in a subscription that %s, and no other subscription is lost', async (_story, answer) => {
    const { azure, world } = accessOver({
      rows: [contosoRole, roleDefinition],
      subscriptions: [subscription, otherSubscription],
      denyAssignmentsIn: { [otherSubscription]: answer },
    });
    const access = await azure.forReading(person);
    expect(access.unread).toEqual({ subscriptions: [otherSubscription], of: 2, isStillReading: false });
    expect(deniedScopes(access, readAssessments)).toEqual([otherSubscription]);

    delete world.denyAssignmentsIn;
    expect((await azure.forReading(person)).unread).toBeUndefined();
  });

  it('follows a deny assignment that is five minutes old', async () => {
    const { azure, world, clock } = accessOver({ rows });
    expect((await azure.forReading(person)).denials).toEqual([]);

    world.denyAssignments = list(denial([everybody]));
    clock.now = new Date(clock.now.getTime() + minutes(5));
    expect((await azure.forReading(person)).denials).toHaveLength(1);
  });

  it('is noticed after five minutes, and nothing older stands in while Azure keeps silent', async () => {
    const { azure, world, clock } = accessOver({ rows });
    expect((await azure.forReading(person)).grants).toEqual([grant]);

    world.rows = [];
    clock.now = new Date(clock.now.getTime() + minutes(4));
    expect((await azure.forReading(person)).grants).toEqual([grant]);

    clock.now = new Date(clock.now.getTime() + minutes(1));
    world.graph = { status: 503 };
    await expect(azure.forReading(person)).rejects.toMatchObject({ code: 'unavailable' });

    delete world.graph;
    expect((await azure.forReading(person)).grants).toEqual([]);
  });
});
