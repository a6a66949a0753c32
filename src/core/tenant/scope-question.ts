import { WhichQuestion } from './which-question.ts';
import { scopeTitle, type Hierarchy } from './hierarchy.ts';

const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** Without the name that they all have, so that a narrow button shows what tells them apart. */
const shortOf = (title: string, said: string): string => {
  const rest = title.replace(new RegExp(`\\s${literally(said.trim())}(?= \\()`, 'i'), '');
  return rest.includes('(') ? rest : title;
};

const titlesNamed = 5;

/** A name that several scopes have. The message asks which one is meant; any of its titles can be written in place of the name. */
export class ScopeQuestion extends WhichQuestion {
  constructor(said: string, scopes: readonly string[], hierarchy: Hierarchy) {
    const candidates = scopes.map((id) => {
      const title = scopeTitle(id, hierarchy);
      return { id, title, short: shortOf(title, said) };
    });
    const titles = candidates.slice(0, titlesNamed).map(({ title }) => `“${title}”`);
    const others = scopes.length - titles.length;
    const more = others === 0 ? '' : ` For the other ${others.toLocaleString('en')} write the id.`;
    super(`“${said}” is the name of ${scopes.length} scopes. Which one do you mean: ${titles.join(' or ')}?${more}`, {
      field: 'subscription',
      said,
      candidates,
    });
    this.name = 'ScopeQuestion';
  }
}
