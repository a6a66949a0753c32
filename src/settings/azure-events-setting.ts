/** How Event Grid authenticates at the endpoint for events; see docs/azure-events.md. */
export type AzureEventsConfig = {
  /** The application id or its URI that the event subscription names. */
  readonly audience: string;
  /** The Entra tenant that issues the tokens. */
  readonly tenantId: string;
  /** Allowed sources of events: subscriptions, or resource groups in them. */
  readonly topics: readonly string[];
};

type Settings = {
  readonly AZURE_EVENTS_AUDIENCE?: string | undefined;
  readonly AZURE_EVENTS_TOPICS?: readonly string[] | undefined;
  readonly MICROSOFT_APP_TENANT_ID: string;
};

/** Undefined unless both settings are there. */
export const azureEventsOf = (settings: Settings): AzureEventsConfig | undefined => {
  const { AZURE_EVENTS_AUDIENCE: audience, AZURE_EVENTS_TOPICS: topics } = settings;
  return audience === undefined || topics === undefined
    ? undefined
    : { audience, topics, tenantId: settings.MICROSOFT_APP_TENANT_ID };
};
