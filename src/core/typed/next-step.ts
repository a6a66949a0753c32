/** What a sentence proposes to send next, as a button says it: the text without that part, the command, and what the button is called. */
export type NextStep = { readonly words: string; readonly command: string; readonly title: string };

/**
 * The commands that a button may say. They show or open something: the words of other people can stand at the end of a text, and a press must
 * never decide anything because of them. For the same reason the title follows from the command alone.
 */
const safe: readonly { readonly command: RegExp; readonly title: (command: string) => string }[] = [
  { command: /^request (EX-\w{4,8})$/, title: (command) => command.replace('request', 'Show') },
  {
    command: /^(?:renew|again) EX-\w{4,8}$/,
    title: (command) => command.replace('renew', 'Renew').replace('again', 'Ask again:'),
  },
  { command: /^requests(?: mine)?$/, title: () => 'My requests' },
  { command: /^requests all$/, title: () => 'All requests' },
  { command: /^requests to decide$/, title: () => 'Requests to decide' },
  {
    command: /^(?:help|status|report|recommendations(?: exempt)?|exemptions(?: expired)?|score|cleanup)$/,
    title: (command) => command.charAt(0).toUpperCase() + command.slice(1),
  },
  { command: /^exemption \S.*$/, title: () => 'Show the exemption' },
  { command: /^recommendation \S.*$/, title: () => 'Show the recommendation' },
];

/** How sentences propose it, always at the end of a text, and what is left without it. */
const ways: readonly { readonly way: RegExp; readonly left: string }[] = [
  { way: /(?:^|\s+)(?:To|For) [^.?!:\n]+, send: ([^\n]+)$/, left: '' },
  { way: /(?:^|\s+)Before you try again, check with: ([^\n]+)$/, left: ' Before you try again, check your requests.' },
  { way: /(?:^|\s+)Did you mean: ([^\n]+)$/, left: ' Did you mean this?' },
  { way: /, then send: ([^\n]+)$/, left: ', then try again.' },
];

/** The next step that stands at the end of a text; undefined if there is none, or none that a button may say. */
export const nextStepIn = (text: string): NextStep | undefined => {
  for (const { way, left } of ways) {
    // Its card has the form for the reason.
    const command = way.exec(text)?.[1]?.replace(/^revoke (EX-\w{4,8}) <reason>$/, 'request $1');
    const known = safe.find((each) => command !== undefined && each.command.test(command));
    if (command !== undefined && known !== undefined)
      return { words: text.replace(way, left).trim(), command, title: known.title(command) };
  }
  return undefined;
};

/** The text without its next step, for a card that has a button for it. */
export const withoutStep = (text: string): string => nextStepIn(text)?.words ?? text;
