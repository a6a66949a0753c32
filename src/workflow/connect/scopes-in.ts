import { isScope } from '../../core/tenant/arm-id.ts';

/** The facts that name a scope or exemptions, one or several separated by spaces. */
const facts = ['scope', 'exemption', 'exemptions'] as const;

const listed = (text: string): string[] => {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.filter((each) => typeof each === 'string') : [];
  } catch {
    return [];
  }
};

/** The scopes that something in the ledger is about: of its request, and those that its own facts name. */
export const scopesIn = (
  named: Readonly<Record<string, string>>,
  ofRequest: readonly string[] = [],
): readonly string[] => {
  const own = [...facts.flatMap((fact) => named[fact]?.split(' ') ?? []), ...listed(named.scopes ?? '')];
  return [...new Set([...ofRequest, ...own.filter(isScope)])];
};
