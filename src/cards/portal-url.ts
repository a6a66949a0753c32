type Place =
  | { readonly recommendation: string; readonly resource?: string | undefined }
  | { readonly graphQuery: string }
  | 'exemptions'
  | 'defender-settings';

const blades = {
  exemptions: 'view/Microsoft_Azure_Policy/PolicyMenuBlade/~/Exemptions',
  'defender-settings': 'view/Microsoft_Azure_Security/SecurityMenuBlade/~/EnvironmentSettings',
} as const;

const pathOf = (place: Place): string =>
  typeof place === 'string'
    ? blades[place]
    : 'graphQuery' in place
      ? `view/HubsExtension/ArgQueryBlade/query/${encodeURIComponent(place.graphQuery)}`
      : [
          `blade/Microsoft_Azure_Security/RecommendationsBlade/assessmentKey/${encodeURIComponent(place.recommendation)}`,
          // As Resource Graph writes it.
          ...(place.resource === undefined ? [] : [`resourceId/${encodeURIComponent(place.resource)}`]),
        ].join('/');

/** The address in the Azure portal of a recommendation (by its key, for all resources or one), of a query in Resource Graph Explorer, of the exemptions or of Defender's settings. Always on portal.azure.com. */
export const portalUrl = (place: Place): string => {
  const url = new URL('https://portal.azure.com/');
  url.hash = pathOf(place);
  return url.href;
};
