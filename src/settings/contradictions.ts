type Settings = {
  readonly MICROSOFT_APP_TYPE: 'UserAssignedMSI' | 'SingleTenant';
  readonly MICROSOFT_APP_PASSWORD?: string | undefined;
  readonly DATABASE_URL?: string | undefined;
  readonly ALLOW_EMBEDDED_DATABASE: boolean;
  readonly AZURE_EVENTS_AUDIENCE?: string | undefined;
  readonly AZURE_EVENTS_TOPICS?: readonly string[] | undefined;
  readonly API_AUDIENCE?: string | undefined;
  readonly API_CLIENTS?: readonly string[] | undefined;
};

/** A line for each pair of settings that cannot go together. */
export const contradictions = (settings: Settings): string[] => {
  const lines: string[] = [];
  const hasPassword = settings.MICROSOFT_APP_PASSWORD !== undefined;
  if (settings.MICROSOFT_APP_TYPE === 'SingleTenant' && !hasPassword)
    lines.push('MICROSOFT_APP_PASSWORD is missing: SingleTenant needs the client secret.');
  if (settings.MICROSOFT_APP_TYPE === 'UserAssignedMSI' && hasPassword)
    lines.push('MICROSOFT_APP_PASSWORD must not be set for UserAssignedMSI: a managed identity has no secret.');
  if (settings.DATABASE_URL === undefined && !settings.ALLOW_EMBEDDED_DATABASE)
    lines.push(
      'DATABASE_URL is missing: postgres://… of a PostgreSQL database; for one process that keeps its data in DATA_DIR, set ALLOW_EMBEDDED_DATABASE=true.',
    );
  if ((settings.AZURE_EVENTS_AUDIENCE === undefined) !== (settings.AZURE_EVENTS_TOPICS === undefined))
    lines.push(
      'AZURE_EVENTS_AUDIENCE and AZURE_EVENTS_TOPICS belong together: set both to receive events from Event Grid, or neither.',
    );
  if (settings.API_CLIENTS !== undefined && settings.API_AUDIENCE === undefined)
    lines.push('API_CLIENTS is set and API_AUDIENCE is not: set both, or leave API_CLIENTS unset (docs/api.md).');
  return lines;
};
