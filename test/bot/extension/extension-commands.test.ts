import { readFileSync } from 'node:fs';
import { searches } from '../../../src/bot/actions/extension/searches.ts';

type Manifest = {
  readonly composeExtensions: readonly {
    readonly botId: string;
    readonly commands: readonly {
      readonly id: string;
      readonly type: string;
      readonly initialRun?: boolean;
      readonly fetchTask?: boolean;
      readonly parameters?: readonly { readonly name: string }[];
      readonly context: readonly string[];
    }[];
  }[];
};
const { composeExtensions } = JSON.parse(readFileSync('appPackage/manifest.json', 'utf8')) as Manifest;

describe('the message extension in the Teams package', () => {
  const commands = composeExtensions.flatMap((each) => each.commands);

  it('is of this bot, and offers exactly the searches that the bot answers', () => {
    expect(composeExtensions.map(({ botId }) => botId)).toEqual(['${{MICROSOFT_APP_ID}}']);
    const queries = commands.filter(({ type }) => type === 'query');
    expect(queries.map(({ id }) => id)).toEqual(Object.keys(searches));
    for (const { parameters, initialRun, context } of queries)
      expect({ parameters, initialRun, context }).toMatchObject({
        parameters: [{ name: 'text' }],
        initialRun: true,
        context: ['compose'],
      });
  });

  it('offers one action, which opens a dialog, also on messages', () => {
    expect(commands.filter(({ type }) => type === 'action')).toMatchObject([
      { id: 'request-exemption', fetchTask: true, context: ['compose', 'message'] },
    ]);
  });
});
