/** A condition of Azure ABAC, and the version of its syntax. */
export type RoleCondition = { readonly text: string; readonly version?: string };

const action = /ActionMatches\s*\{\s*'([^']*)'\s*\}/gi;
const subOperation = /SubOperationMatches\s*\{\s*'[^']*'\s*\}/gi;
const attribute = String.raw`@(?:Request|Resource|Principal|Environment)\[[^\]]*\]`;
const operand = String.raw`(?:${attribute}|\{[^}]*\}|'[^']*'|true|false|-?\d+|[\da-f-]{36})`;
const comparison = new RegExp(
  String.raw`${operand}\s*(?:For\w+Values:)?(?:String|Numeric|DateTime|Bool|Guid)\w+\s*${operand}`,
  'gi',
);
const existence = new RegExp(String.raw`Exists\s*${attribute}`, 'gi');

const reductions: readonly (readonly [RegExp, (found: string) => string])[] = [
  [/!T/g, () => 'F'],
  [/!F/g, () => 'T'],
  [/\([TF]\)/g, (found) => found.charAt(1)],
  [/\([TF](?:&[TF])+\)/g, (found) => (found.includes('F') ? 'F' : 'T')],
  [/\([TF](?:\|[TF])+\)/g, (found) => (found.includes('T') ? 'T' : 'F')],
];

/**
 * Whether a condition is true of an action that is done to nothing with attributes, by somebody without custom attributes; undefined for what Azure would
 * not have taken. Works by shortening the text until only T or F is left.
 */
export const conditionHolds = (
  { text, version = '2.0' }: RoleCondition,
  isAction: (pattern: string) => boolean,
): boolean | undefined => {
  if (version !== '2.0') return undefined;
  const plain = text
    .replace(action, (_, pattern: string) => (isAction(pattern) ? 'T' : 'F'))
    .replace(subOperation, 'F')
    .replace(existence, 'F')
    .replace(comparison, 'F')
    .replace(/&&|\bAND\b/gi, '&')
    .replace(/\|\||\bOR\b/gi, '|')
    .replace(/\bNOT\b/gi, '!')
    .replace(/\s+/g, '');
  let left = `(${plain})`;
  for (let before = ''; before !== left;) {
    before = left;
    for (const [pattern, become] of reductions) left = left.replace(pattern, become);
  }
  return left === 'T' ? true : left === 'F' ? false : undefined;
};

/** The two fields of a condition as Azure returns them; null for none. */
export const conditionFields = (condition: RoleCondition | undefined) => ({
  condition: condition?.text ?? null,
  conditionVersion: condition === undefined ? null : (condition.version ?? '2.0'),
});
