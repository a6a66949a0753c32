/** The sentence that Alice types in the first of the things to try, at Contoso and at Fabrikam. */
export const firstRequest =
  'exempt stshopprod from secure transfer for 30 days as waiver because the old uploader goes in spring';

const ask = (url: string): string[] => [
  `1. Ask. As Alice (${url}/?as=alice&in=personal), write:`,
  `      ${firstRequest}`,
  '   Press Preview, then Send.',
  '',
];

const decide = (url: string, name: string): string[] => [
  `2. Decide. As ${name}, in #approvals (${url}/?as=${name.toLowerCase()}&in=approvals), open ✓ Approve on that request`,
  '   and press the button with its number. The exemptions are written to Azure, and #security-alerts says so.',
  '',
];

const passTime = (url: string, name: string): string[] => [
  `3. Let time pass. In #security-alerts (${url}/?as=${name.toLowerCase()}&in=security-alerts), press +30 days at the top.`,
  '   The channel hears what is about to expire and what has expired.',
];

/** Three things to try in the demo, with the address of each chat. README.md tells the same three. */
export const firstThings = (url: string): string =>
  ['Three things to try first:', '', ...ask(url), ...decide(url, 'Bob'), ...passTime(url, 'Bob')].join('\n');

/** The same at Fabrikam, and what only a large company has to look at. docs/simulator.md tells the same four. */
export const firstThingsAtFabrikam = (url: string): string =>
  [
    'Four things to try first:',
    '',
    ...ask(url),
    ...decide(url, 'Sara'),
    ...passTime(url, 'Sara'),
    '',
    `4. Look around. As Sara of the central security team (${url}/?as=sara&in=personal), write:`,
    '      recommendations high',
    '      exemptions outside',
    '      score shop-stage',
    '   Bob cannot decide here: his role is at the landing zones, and the policy is assigned above them.',
  ].join('\n');

/** Where Microsoft's Playground is open for whom. */
export const playgroundAddresses = ([alice = '', bob = '']: readonly string[]): string =>
  [
    'The same chats in Microsoft’s Agents Playground (docs/playground.md):',
    '',
    `   Alice, with #security-alerts: ${alice}`,
    `   Bob, with #approvals:         ${bob}`,
  ].join('\n');
