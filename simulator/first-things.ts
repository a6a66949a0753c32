/** The sentence that Alice types in the first of the three things to try. */
export const firstRequest =
  'exempt stshopprod from secure transfer for 30 days as waiver because the old uploader goes in spring';

/** Three things to try in the demo, with the address of each chat. README.md tells the same three. */
export const firstThings = (url: string): string =>
  [
    'Three things to try first:',
    '',
    `1. Ask. As Alice (${url}/?as=alice&in=personal), write:`,
    `      ${firstRequest}`,
    '   Press Preview, then Send.',
    '',
    `2. Decide. As Bob, in #approvals (${url}/?as=bob&in=approvals), open ✓ Approve on that request`,
    '   and press the button with its number. The exemptions are written to Azure, and #security-alerts says so.',
    '',
    `3. Let time pass. In #security-alerts (${url}/?as=bob&in=security-alerts), press +30 days at the top.`,
    '   The channel hears what is about to expire and what has expired.',
  ].join('\n');

/** Where Microsoft's Playground is open for whom. */
export const playgroundAddresses = ([alice = '', bob = '']: readonly string[]): string =>
  [
    'The same chats in Microsoft’s Agents Playground (docs/playground.md):',
    '',
    `   Alice, with #security-alerts: ${alice}`,
    `   Bob, with #approvals:         ${bob}`,
  ].join('\n');
