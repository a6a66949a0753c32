import { outsideQuotes, withoutQuotes } from './quotes.ts';

/** What is typed to revoke an exemption by its name: `"Old uploader" because the host was rebuilt`. */
export type RevocationWords = {
  /** The name or the id of an exemption. */
  readonly what: string;
  /** Empty: none was typed. */
  readonly reason: string;
};

/** Reads the name and the reason behind the first “because” outside quotes. */
export const revocationWords = (typed: string): RevocationWords => {
  const because = /\sbecause(?:\s+|$)/i.exec(outsideQuotes(typed));
  if (because === null) return { what: withoutQuotes(typed), reason: '' };
  return {
    what: withoutQuotes(typed.slice(0, because.index)),
    reason: withoutQuotes(typed.slice(because.index + because[0].length)),
  };
};
