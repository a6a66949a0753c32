/** What stands where somebody's name and words were, once they had them erased. */
export const erased = { name: 'somebody (erased)', words: '(erased)' } as const;
