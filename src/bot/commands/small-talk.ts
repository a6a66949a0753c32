/** What a whole line means that is no command. */
export type SmallTalk =
  | { readonly kind: 'greeting' }
  | { readonly kind: 'thanks' }
  /** A command in other words. */
  | { readonly kind: 'command'; readonly line: string }
  /** The word for help in another language. */
  | { readonly kind: 'other-language' };

const toWhom = '(?: (?:there|all|everyone|bot|you|again|a lot|so much|very much|exemption desk))*';

const meanings: readonly { readonly words: RegExp; readonly means: (said: string) => SmallTalk }[] = [
  {
    words: new RegExp(`^(?:hi|hello|hey|hiya|howdy|good (?:morning|afternoon|evening))${toWhom}$`),
    means: () => ({ kind: 'greeting' }),
  },
  {
    words: new RegExp(`^(?:many |ok |okay |great )?(?:thanks|thank you|thankyou|thx|ty|cheers)${toWhom}$`),
    means: () => ({ kind: 'thanks' }),
  },
  {
    words: /^(?:show |list |show me )?my requests\b/,
    means: (said) => ({ kind: 'command', line: said.replace(/^.*?my requests/, 'requests mine') }),
  },
  { words: /^(?:hilfe|aide|ayuda)$/, means: () => ({ kind: 'other-language' }) },
];

/** The meaning of a whole line that people write to somebody they talk to; undefined for everything else, also where a command follows. */
export const smallTalkIn = (line: string): SmallTalk | undefined => {
  const said = line
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return meanings.find(({ words }) => words.test(said))?.means(said);
};
