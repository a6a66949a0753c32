const { AdaptiveCard, GlobalRegistry, SerializationContext, Versions } = AdaptiveCards;

const newest = [1, 5];
const holders = ['body', 'items', 'columns', 'rows', 'cells'];
const alwaysKnown = new Set(['Column', 'TableRow', 'TableCell', undefined]);

const unknownIn = (node, isAction = false) => {
  if (typeof node !== 'object' || node === null) return [];
  if (Array.isArray(node)) return node.flatMap((item) => unknownIn(item, isAction));
  const registry = isAction ? GlobalRegistry.actions : GlobalRegistry.elements;
  const known =
    alwaysKnown.has(node.type) || node.type === 'AdaptiveCard' || registry.findByName(node.type) !== undefined;
  if (!known) return node.fallback === undefined ? [`Unknown element type "${node.type}" without fallback.`] : [];
  return [
    ...holders.flatMap((holder) => unknownIn(node[holder])),
    ...unknownIn(node.actions, true),
    ...unknownIn(node.card),
  ];
};

/** Microsoft's newer renderer copies the data of a button onto an object of its own, which has these members already. */
const keptNames = ['key', 'isParsing'];

const deadButtonsIn = (node) => {
  if (typeof node !== 'object' || node === null) return [];
  if (Array.isArray(node)) return node.flatMap(deadButtonsIn);
  const isButton = node.type === 'Action.Submit' || node.type === 'Action.Execute';
  const kept = isButton ? keptNames.filter((name) => Object.hasOwn(node.data ?? {}, name)) : [];
  return [
    ...kept.map((name) => `"${node.title}" does nothing: Cannot assign to read only property '${name}'.`),
    ...Object.entries(node).flatMap(([name, each]) => (name === 'data' ? [] : deadButtonsIn(each))),
  ];
};

const deadInDialog = ({ type, data }) =>
  (type === 'Action.Execute' && 'only Action.Submit reaches the bot from a dialog') ||
  (type === 'Action.Submit' && data?.msteams?.type === 'task/fetch' && 'a dialog opens no other dialog');

/** Buttons that do nothing in a dialog. */
const deadInDialogIn = (node) => {
  if (typeof node !== 'object' || node === null) return [];
  if (Array.isArray(node)) return node.flatMap(deadInDialogIn);
  const why = deadInDialog(node);
  return [
    ...(why ? [`"${node.title ?? node.verb}" does nothing: ${why}.`] : []),
    ...Object.entries(node).flatMap(([name, each]) => (name === 'data' ? [] : deadInDialogIn(each))),
  ];
};

const versionProblems = ({ version }) => {
  if (version === undefined) return ['No version: Teams on a phone refuses this card.'];
  const [major = 0, minor = 0] = String(version).split('.').map(Number);
  const tooNew = major > newest[0] || (major === newest[0] && minor > newest[1]);
  return tooNew ? [`Version ${version}: Teams cannot display this card.`] : [];
};

/** Everything about a card that Teams would drop or refuse, in words. */
export const problemsOf = (json, isDialog = false) => {
  const context = new SerializationContext(Versions.v1_5);
  const card = new AdaptiveCard();
  card.hostConfig.actions.maxActions = 6;
  card.parse(json, context);
  const parsed = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
  const validated = card.validateProperties().validationEvents.map(({ message }) => message);
  // Teams knows searches in cards of every version. This renderer refuses the language of every second card, whose pattern remembers the last one.
  const others = [...parsed, ...validated].filter(
    (message) =>
      !/^Unknown (element|action) type|Maximum number of actions|^Property "choices\.data"|for property "lang"/i.test(
        message,
      ),
  );
  const leftOver = /\$\{[^}]*\}/.exec(JSON.stringify(json));
  return [
    ...versionProblems(json),
    ...unknownIn(json),
    ...deadButtonsIn(json),
    ...(isDialog ? deadInDialogIn(json) : []),
    ...others,
    ...(leftOver === null ? [] : [`A placeholder was left over: ${leftOver[0]}`]),
  ];
};
