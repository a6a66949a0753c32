/** Who may call the API; see docs/api.md. */
export type ApiConfig = {
  /** The application id of the registration of the API. */
  readonly audience: string;
  /** The applications that may call, by their client ids; undefined: every one that Entra gives a token. */
  readonly clients: readonly string[] | undefined;
};

type ApiSettings = {
  readonly API_AUDIENCE?: string | undefined;
  readonly API_CLIENTS?: readonly string[] | undefined;
};

/** Undefined: there is no API. */
export const apiOf = ({ API_AUDIENCE: audience, API_CLIENTS: clients }: ApiSettings): ApiConfig | undefined =>
  audience === undefined ? undefined : { audience, clients };
