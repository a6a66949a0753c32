import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Answered } from './call-api.ts';

type Operation = { readonly responses: Readonly<Record<string, Response>> };
type Response = { readonly content: Readonly<Record<string, unknown>> };
type Document = { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> };

const pointer = (part: string): string => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));

/** Compares answers with the served document, as a client does that was made from it. Returns what does not fit. */
export const documentedAnswers = (document: unknown) => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  (addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
  ajv.addSchema(document as object, 'served');
  const { paths } = document as Document;
  return (method: string, path: string, { status, headers, body }: Answered): readonly string[] => {
    const responses = paths[path]?.[method.toLowerCase()]?.responses;
    if (responses === undefined) return [`${method} ${path} is not in the document`];
    const name = [String(status), `${String(status).slice(0, 1)}XX`].find((each) => each in responses);
    const type = (headers.get('content-type') ?? '').split(';')[0] ?? '';
    if (name === undefined || !(type in (responses[name]?.content ?? {})))
      return [`${status} ${type} is not in the document`];
    const place = ['paths', path, method.toLowerCase(), 'responses', name, 'content', type, 'schema']
      .map(pointer)
      .join('/');
    const validate = ajv.getSchema(`served#/${place}`);
    if (validate === undefined) return [`No schema at ${place}`];
    return validate(body) === true
      ? []
      : (validate.errors ?? []).map((each) => `${each.instancePath} ${each.message ?? ''}`);
  };
};
