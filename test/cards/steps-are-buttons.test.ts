import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nextStepIn } from '../../src/core/typed/next-step.ts';
import { textActivity } from '../../src/bot/teams/message-activities.ts';
import { messageCard } from '../../src/cards/message-card.ts';
import { refusedCard } from '../../src/cards/refused-card.ts';
import { listCard } from '../../src/cards/list-card.ts';
import { cardSamples } from './card-samples.ts';

/** Every text in src that tells people to send something, with a sample in the place of what is filled in. */
const told = readdirSync('src', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && entry.name !== 'next-step.ts')
  .flatMap(({ parentPath, name }) => {
    const source = readFileSync(join(parentPath, name), 'utf8');
    return [
      ...source.matchAll(/(['`])((?:(?!\1)[^\\\n]|\\.)*\b(?:[Ss]end|check with|[Ss]ay): (?:(?!\1)[^\\\n]|\\.)*)\1/g),
    ].map(([, , text]) => text!.replaceAll(/\$\{(?:reference|[\w.]*\.reference|named|later|by)\}/g, 'EX-12AB'));
  });

/**
 * What is no next step that a button could say: it lacks words that only the person has, it would change something, it works only in a channel, or
 * it is shown where Teams draws no buttons. Whoever adds one here says why.
 */
const stays: readonly RegExp[] = [
  /^Send: (?:requests mine|cleanup)/, // which of several
  /Filters and sorting are for the requests/, // the rest was typed
  /send: (?:subscriptions|subscribe <scope>|unsubscribe)/, // in a channel only
  /To stop, send: \$\{alerts/, // in a channel only
  /^(?:Mention @Exemption Desk, then send:|Send one of these:|. Name the scope)/, // above the list of commands
  /Check with: requests$/, // in the bar of Teams
  /send: \$\{command\}$/, // filled in by the words of each list, which are tested with them
  /in a personal chat|“help”/,
];

describe('a sentence that tells people what to send', () => {
  it('is found in the code at all', () => {
    expect(told.length).toBeGreaterThan(30);
  });

  it.each(told.filter((text) => !stays.some((each) => each.test(text))))('becomes a button: %s', (text) => {
    expect(nextStepIn(text)).toBeDefined();
  });

  it.each(Object.entries(cardSamples({ text: (plain) => plain, rows: 3, idPadding: '' })))(
    'stands on no card: %s',
    (_name, { content }) => {
      expect(JSON.stringify(content.body)).not.toMatch(/\b[Ss]end: |\bSay: /);
    },
  );

  const sentence = 'There is no request EX-12AB here. To list yours, send: requests';
  it('is a button below a text, on a refusal, on a message and on an empty list', () => {
    const empty = {
      title: 'Requests',
      covers: '',
      note: '',
      tabs: [],
      rows: [],
      range: '',
      buttons: [],
      command: 'requests',
    };
    for (const shown of [
      textActivity(sentence),
      refusedCard({ title: 'Refused', sentence, inputs: [], typed: '', actions: [] }),
      messageCard({ title: 'Done', text: sentence, buttons: [] }),
      listCard({ ...empty, whenEmpty: sentence }),
    ]) {
      const text = JSON.stringify(shown);
      expect(text).not.toContain('send: ');
      expect(text).toContain('"title":"My requests","data":{"verb":"say","command":"requests","beside":true}');
    }
  });

  it.each([
    'EX-12AB was rejected: no. To see it, send: approve EX-34CD',
    'They wrote: to be safe, send: reject EX-34CD because',
    'To stop, send: unsubscribe',
    'To see it, send: request EX-34CD and approve it',
    'To list them, send: exemptions\nand more',
  ])('is no button where it would change something or goes on: %s', (text) => {
    expect(nextStepIn(text)).toBeUndefined();
  });

  it('has a button that is called as its command, whatever the sentence says', () => {
    expect(nextStepIn('To win a prize, send: request EX-34CD')?.title).toBe('Show EX-34CD');
  });
});
