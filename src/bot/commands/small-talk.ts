/** What a whole line means that is no command. */
export type SmallTalk =
  | { readonly kind: 'greeting' }
  | { readonly kind: 'thanks' }
  /** A command in other words. */
  | { readonly kind: 'command'; readonly line: string }
  /** The word for help in another language. */
  | { readonly kind: 'other-language' };

const toWhom = '(?: (?:there|all|everyone|bot|you|again|a lot|so much|very much|exemption desk))*';

/** What people call for help by in other languages, as a whole line. */
const otherHelp =
  'hilfe|hilf mir|aide|aidez[ -]moi|à l aide|ayuda|ayúdame|aiuto|aiutami|ajuda|hulp|hjälp|hjælp|hjelp|apua|pomoc|pomóż|yardım|помощь|допомога|ヘルプ|帮助|幫助|도움말';

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
  { words: new RegExp(`^(?:${otherHelp})$`), means: () => ({ kind: 'other-language' }) },
  {
    words: /^(?:please help(?: me)?|help (?:me|please)|help me please|(?:i )?need help)$/,
    means: () => ({ kind: 'command', line: 'help' }),
  },
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
