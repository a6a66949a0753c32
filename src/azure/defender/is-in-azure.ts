import type { Fragment } from '../client/query-text.ts';

/** The condition on an assessment that its resource is in Azure or joined to it: Defender also assesses other clouds, which no exemption reaches. */
export const isInAzure: Fragment = {
  kql: "tolower(strcat(tostring(properties.resourceDetails.Source), tostring(properties.resourceDetails.source))) in ('', 'azure', 'onpremise', 'onpremisesql')",
};
