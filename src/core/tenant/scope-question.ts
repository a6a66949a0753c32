import { GovernanceError } from '../governance-error.ts';
import { scopeTitle, type Hierarchy } from './hierarchy.ts';

type Candidate = { readonly id: string; readonly title: string };

const titlesNamed = 5;

/** A name that several scopes have. The message asks which one is meant; any of its titles can be written in place of the name. */
export class ScopeQuestion extends GovernanceError {
  readonly said: string;
  readonly candidates: readonly Candidate[];

  constructor(said: string, scopes: readonly string[], hierarchy: Hierarchy) {
    const candidates = scopes.map((id) => ({ id, title: scopeTitle(id, hierarchy) }));
    const titles = candidates.slice(0, titlesNamed).map(({ title }) => `“${title}”`);
    const others = scopes.length - titles.length;
    const more = others === 0 ? '' : ` For the other ${others.toLocaleString('en')} write the id.`;
    super(
      'invalid',
      `“${said}” is the name of ${scopes.length} scopes. Which one do you mean: ${titles.join(' or ')}?${more}`,
    );
    this.name = 'ScopeQuestion';
    this.said = said;
    this.candidates = candidates;
  }
}
