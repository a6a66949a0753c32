import { randomBytes } from 'node:crypto';
import { openSmallDisk, whyNoSmallDisk, type SmallDisk } from '../../../simulator/small-disk.ts';
import { startWorld, type World } from '../../world.ts';
import { prepareDatabase } from '../../../simulator/temporary-database.ts';
import { draft } from '../../store/samples.ts';
import { sendRequest } from '../steps.ts';

const whyNot = await whyNoSmallDisk();
const megabyte = 1024 * 1024;
const plain = /^The database (has no room left|does not answer); nothing was recorded\./;

const cases = [
  { story: 'no byte is left', leaving: 0 },
  { story: 'tables can grow for a while and the log of the database cannot', leaving: 12 * megabyte },
];
const describeCases = whyNot === undefined ? describe.each(cases) : describe.skip.each(cases);

describeCases(whyNot ?? 'the embedded engine on a full disk where $story', ({ leaving }) => {
  let world: World;
  let disk: SmallDisk;
  let reference: string;
  let refusal: unknown;
  const acknowledged: string[] = [];
  const answers: string[] = [];

  const said = async (person: string, text: string) =>
    (await world.teams.say(person, 'personal', text)).replies.map((reply) => reply.visibleText).join('\n');
  const save = async (id: string): Promise<void> => {
    // What cannot be made smaller takes room for certain.
    const justification = randomBytes(20_000).toString('base64');
    await world.app().desk.database.drafts.save({ ...draft, id, form: { ...draft.form, justification } });
    acknowledged.push(id);
  };

  beforeAll(async () => {
    disk = await openSmallDisk(120);
    await prepareDatabase(disk.folder);
    world = await startWorld({ logLevel: 'silent', database: { folder: disk.folder } });
    await said('bob', 'help');
    reference = await sendRequest(world, 'alice');
    await disk.fill(leaving);
    for (let number = 0; refusal === undefined && number < 5000; number += 1)
      await save(`draft-${number}`).catch((error: unknown) => (refusal = error));
    answers.push(await said('bob', `approve ${reference}`), await said('alice', `withdraw ${reference}`));
  }, 120_000);
  afterAll(async () => {
    await world.close();
    await disk.remove();
  });

  it('says so plainly to whoever wants something recorded', () => {
    expect(refusal).toMatchObject({ code: 'unavailable', message: expect.stringMatching(plain) as unknown });
    if (leaving > 0) expect(acknowledged.length).toBeGreaterThan(0);
    for (const answer of answers) expect(answer).toMatch(/^(The database |\S+ is already |\S+ is )/);
  });

  it('has everything that was acknowledged once there is room again', async () => {
    const before = answers.map((answer) => plain.test(answer));
    await disk.empty();
    await world.restartApp();
    const { drafts, ledger, requests } = world.app().desk.database;

    for (const id of acknowledged) expect(await drafts.find(id)).toBeDefined();
    expect(await ledger.verify()).toBeUndefined();
    const request = await requests.find(reference);
    expect(request).toBeDefined();
    if (before.every(Boolean)) expect(request?.status).toBe('pending');
    await save('afterwards');
    expect(await said('alice', `request ${reference}`)).toContain('Legacy uploader');
  });
});
