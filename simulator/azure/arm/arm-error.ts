import type { Answer } from './route.ts';

type AdditionalInfo = { readonly type: string; readonly info: Readonly<Record<string, unknown>> };
type Detail = { readonly code: string; readonly message: string };

/** A refusal in the shape that ARM, Resource Graph and Microsoft Graph share. */
export class ArmError extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: readonly Detail[];
  readonly additionalInfo: readonly AdditionalInfo[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    message: string,
    more: {
      details?: readonly Detail[];
      additionalInfo?: readonly AdditionalInfo[];
      headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(message);
    this.name = 'ArmError';
    this.status = status;
    this.code = code;
    this.details = more.details ?? [];
    this.additionalInfo = more.additionalInfo ?? [];
    this.headers = more.headers ?? {};
  }
}

export const answerFor = (error: unknown): Answer => {
  if (!(error instanceof ArmError))
    return { status: 500, json: { error: { code: 'InternalServerError', message: String(error) } } };
  const { status, code, message, details, additionalInfo, headers } = error;
  const more = { ...(details.length > 0 && { details }), ...(additionalInfo.length > 0 && { additionalInfo }) };
  return { status, headers, json: { error: { code, message, ...more } } };
};
