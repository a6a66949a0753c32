import { matchesWildcard } from '../wildcard.ts';
import { allTrue, negated, someTrue, type Truth } from './truth.ts';

/** What a part of a condition asks besides the action: the @… it names, a suboperation, or only fixed values. */
export type Asked = 'Request' | 'Resource' | 'Principal' | 'Environment' | 'suboperation' | 'values';

/** A condition in parts. Only the action is known here, so everything else is only kept by what it asks. */
export type ConditionPart =
  | { readonly kind: 'action'; readonly pattern: string }
  | { readonly kind: 'asks'; readonly what: Asked }
  | { readonly kind: 'not'; readonly part: ConditionPart }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly ConditionPart[] };

/** A condition of a role assignment, a deny assignment or one of their permissions; or why it cannot be read. */
export type Condition =
  { readonly kind: 'read'; readonly whole: ConditionPart } | { readonly kind: 'unread'; readonly why: string };

/** A permission that is asked about with `*` stands for many actions, so a pattern that may cover some of them proves nothing. */
const matchesAction = (pattern: string, action: string): Truth => {
  if (matchesWildcard(pattern, action)) return true;
  if (!action.includes('*')) return false;
  const [theirs = '', ours = ''] = [pattern, action].map((each) => each.toLowerCase().split('*')[0]);
  return theirs.startsWith(ours) || ours.startsWith(theirs) ? 'unknown' : false;
};

const truthOf = (part: ConditionPart, action: string): Truth => {
  switch (part.kind) {
    case 'action':
      return matchesAction(part.pattern, action);
    case 'asks':
      return 'unknown';
    case 'not':
      return negated(truthOf(part.part, action));
    case 'and':
      return allTrue(part.parts.map((each) => truthOf(each, action)));
    case 'or':
      return someTrue(part.parts.map((each) => truthOf(each, action)));
  }
};

/** What conditions, which must all hold, say of an action. Roles grant only where this is true, deny assignments spare only where it is false. */
export const conditionsHold = (conditions: readonly Condition[], action: string): Truth =>
  allTrue(conditions.map((each) => (each.kind === 'unread' ? 'unknown' : truthOf(each.whole, action))));

const words: Readonly<Record<Asked, string>> = {
  Principal: 'attributes of the person',
  Request: 'attributes of the request',
  Resource: 'attributes of the resource',
  Environment: 'the time or the network',
  suboperation: 'the kind of suboperation',
  values: 'a comparison of values',
};

/** What keeps a part from being true or false. */
const askedBy = (part: ConditionPart, action: string): Asked[] => {
  if (truthOf(part, action) !== 'unknown') return [];
  switch (part.kind) {
    case 'action':
      return [];
    case 'asks':
      return [part.what];
    case 'not':
      return askedBy(part.part, action);
    default:
      return part.parts.flatMap((each) => askedBy(each, action));
  }
};

/** Why conditions are not true of an action, to follow "has a condition that"; of several the first that says something. */
export const whyNotTrue = (conditions: readonly Condition[], action: string): string => {
  const unread = conditions.find((each) => each.kind === 'unread');
  if (conditionsHold(conditions, action) === false) return 'does not cover this';
  if (unread !== undefined) return `Exemption Desk cannot evaluate (${unread.why})`;
  const asked = conditions.flatMap((each) => (each.kind === 'read' ? askedBy(each.whole, action) : []));
  const named = [...new Set(asked)].map((each) => words[each]);
  return `Exemption Desk cannot evaluate${named.length === 0 ? '' : ` (it depends on ${named.join(' and ')})`}`;
};
