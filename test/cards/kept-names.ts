import type * as adaptivecards from 'adaptivecards';

/**
 * The newer renderer of Microsoft (Agents Playground 0.2.28) makes an object of its own from the data of a button and copies every member onto
 * it. It knows `key` and `msteams` there, and has these members, which the published library does not have yet.
 */
const ofTheRenderer = [
  ...['key', 'msteams', 'msTeams', 'isParsing', 'preserveSourcePropertiesOnParse', 'afterParse', 'getKey', 'reflect'],
  ...['propertyChanged', 'onPropertyChanged', 'isDesignMode', 'shouldStoreRawProperties', 'getAttachableProperties'],
  ...['getAdditionalValidSchemaProperties', 'getAdditionalPropertyDescriptors', 'getSerializationContext'],
  ...['processApplicableProperties', 'processImageUrl', 'getCodeGenOptions', '_isParsing', '_isPrepared'],
];

/** The names that the data of a button and the ids of inputs must not have, because Microsoft's renderers use them. */
export const keptNames = ({ AdaptiveCard, SerializableObject }: typeof adaptivecards): ReadonlySet<string> =>
  new Set([
    ...ofTheRenderer,
    ...Object.getOwnPropertyNames(SerializableObject.prototype),
    ...Object.getOwnPropertyNames(Object.prototype),
    ...['_propertyBag', '_rawProperties', 'maxVersion'].filter((name) => name in new AdaptiveCard()),
  ]);
