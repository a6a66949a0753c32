import { isGuid, isScope, scopeOfExtension, scopesAbove } from './arm-id.ts';

/** What an address of the Azure portal opens. Ids are as the address has them, and safe in a typed line within quotes. */
export type PortalTarget =
  /** A recommendation by its key in lower case; with a resource: its assessment there. */
  | { readonly kind: 'recommendation'; readonly key: string; readonly resource: string | undefined }
  | { readonly kind: 'exemption' | 'assignment'; readonly id: string }
  /** A management group, a subscription, a resource group or a resource. */
  | { readonly kind: 'scope'; readonly id: string }
  /** Another page of the portal. */
  | { readonly kind: 'nothing' };

export type PortalLink = {
  readonly target: PortalTarget;
  /** The Entra tenant that it names, by its id or a domain, in lower case. */
  readonly directory: string | undefined;
  /** It belongs to the portal of a national cloud. */
  readonly isOtherCloud: boolean;
  /** The address as it stands in the line, and everything around it. */
  readonly said: string;
  readonly before: string;
  readonly after: string;
};

const host = /^(?:(?:www|ms|preview)\.)?portal\.azure\.(com|us|cn)$/;

/** Anything that begins as an address, so that one within another is not found; and the portal without a scheme, as Resource Graph writes it. */
const addresses =
  /(?:[a-z][a-z0-9+.-]{0,20}:\/\/|(?<![\w.@/:%=~-])(?:(?:www|ms|preview)\.)?portal\.azure\.(?:com|us|cn)(?=[/?#]))[^\s<>"“”„«»|]*/gi;

const longestId = 1024;

/** A name within an ARM id: without what would end the quotes of a typed line or begin something else. */
// eslint-disable-next-line no-control-regex
const isName = (part: string): boolean => /^(?!\.{1,2}$)[^"“”„«»\\/%?#<>|\u0000-\u001f\u007f]{1,260}$/.test(part);

/** Decodes once. */
const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** A path as an id; empty if a part of it can be none: cut off there, it would name something wider. */
const asId = (path: string): string => {
  const id = path.replace(/^\/+|\/+$/g, '');
  return id.length < longestId && id.split('/').every(isName) ? `/${id}` : '';
};

const beginning = (id: string, pattern: RegExp): string | undefined => {
  const found = pattern.exec(id)?.[1];
  return found !== undefined && isScope(scopeOfExtension(found)) ? found : undefined;
};

/** The scope at the beginning of an id; what the portal puts behind it, such as `/overview`, is left out, but never half of an id. */
const scopeIn = (id: string): string | undefined => {
  const [group] = /^\/providers\/microsoft\.management\/managementgroups\/[^/]+/i.exec(id) ?? [];
  if (group !== undefined) return group;
  if (!/^\/subscriptions\//i.test(id) || !isGuid(id.split('/')[2] ?? '')) return undefined;
  const [scope = ''] = scopesAbove(id);
  return scope === '' || /^\/(?:providers|resourcegroups)\b/i.test(id.slice(scope.length)) ? undefined : scope;
};

const targetOfId = (id: string): PortalTarget | undefined => {
  const assessment = beginning(id, /^(.+\/providers\/microsoft\.security\/assessments\/[^/]+)/i);
  const key = assessment?.slice(assessment.lastIndexOf('/') + 1) ?? '';
  if (assessment !== undefined && isGuid(key))
    return { kind: 'recommendation', key: key.toLowerCase(), resource: scopeIn(scopeOfExtension(assessment)) };
  const exemption = beginning(id, /^(.+\/providers\/microsoft\.authorization\/policyexemptions\/[^/]+)/i);
  if (exemption !== undefined) return { kind: 'exemption', id: exemption };
  const assignment = beginning(id, /^(.+\/providers\/microsoft\.authorization\/policyassignments\/[^/]+)/i);
  if (assignment !== undefined) return { kind: 'assignment', id: assignment };
  const scope = scopeIn(id);
  return scope === undefined ? undefined : { kind: 'scope', id: scope };
};

/** The one key in `[{"key":"assessmentKey","values":["…"]}]`. */
const keyInFilters = (text: string): string | undefined => {
  const [, values = ''] = /"key"\s*:\s*"assessmentKey"\s*,\s*"values"\s*:\s*\[([^\]]*)/i.exec(text) ?? [];
  const keys = values.split(',').map((each) => each.trim().replaceAll('"', ''));
  return keys.length === 1 ? keys[0] : undefined;
};

const endsPath = new Set(['assessmentkey', 'showsecuritycentercommandbar~']);

/** The ids that the parameters of a blade hold: encoded as one part, or plain as several. */
const idsIn = (parts: readonly string[]): string[] => {
  const encoded = parts.map((part) => decoded(part).replace(/^"|"$/g, '')).filter((part) => part.startsWith('/'));
  const start = parts.findIndex((part) => part.toLowerCase() === 'subscriptions');
  const rest = start < 0 ? [] : parts.slice(start);
  const end = rest.findIndex((part) => endsPath.has(part.toLowerCase()));
  const plain = rest.slice(0, end < 0 ? rest.length : end).map(decoded);
  return [...encoded, ...(plain.length === 0 ? [] : [plain.join('/')])].map(asId);
};

const valueOf = (parts: readonly string[], name: string): string | undefined => {
  const at = parts.findIndex((part) => part.toLowerCase() === name);
  return at < 0 ? undefined : decoded(parts[at + 1] ?? '');
};

const nothing: PortalTarget = { kind: 'nothing' };

/** What the part behind `#` opens, without the directory. */
const targetOf = ([kind = '', ...parts]: readonly string[]): PortalTarget => {
  if (kind.toLowerCase() === 'resource') return targetOfId(asId(parts.map(decoded).join('/'))) ?? nothing;
  if (!['blade', 'view'].includes(kind.toLowerCase())) return nothing;
  const targets = idsIn(parts).flatMap((id) => targetOfId(id) ?? []);
  const key = valueOf(parts, 'assessmentkey') ?? keyInFilters(valueOf(parts, 'filters~') ?? '') ?? '';
  if (!isGuid(key)) return targets[0] ?? nothing;
  const scope = targets.find((target) => target.kind === 'scope');
  return { kind: 'recommendation', key: key.toLowerCase(), resource: scope?.id };
};

const closers: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** Without the punctuation of the sentence around it. A closing bracket belongs to the address if it was opened there. */
const withoutPunctuation = (address: string): string => {
  const balance = new Map<string, number>();
  for (const each of address) balance.set(each, (balance.get(each) ?? 0) + 1);
  let end = address.length;
  for (; end > 0; end -= 1) {
    const last = address[end - 1] ?? '';
    const opener = closers[last];
    if (opener === undefined ? !/[.,;:!?'’*]/.test(last) : (balance.get(last) ?? 0) <= (balance.get(opener) ?? 0))
      break;
    balance.set(last, (balance.get(last) ?? 0) - 1);
  }
  return address.slice(0, end);
};

/** `<address|words>`, `<address>` and `[words](address)` as the address alone. */
const plainLine = (line: string): string =>
  line
    .replace(/<(https?:\/\/[^\s<>|]+)(?:\|[^<>]{0,300})?>/gi, '$1')
    .replace(/\[[^[\]]{0,300}\]\((https?:\/\/[^\s<>]+)\)(?=$|[\s.,;:!?])/gi, '$1');

const linkOf = (line: string, said: string, at: number): PortalLink | undefined => {
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(said) ? said : `https://${said}`);
  const cloud = host.exec(url?.hostname ?? '')?.[1];
  if (url === null || cloud === undefined || !/^https?:$/.test(url.protocol)) return undefined;
  if (url.port !== '' || url.username !== '' || url.password !== '') return undefined;
  const fragment = said.includes('#') ? said.slice(said.indexOf('#') + 1) : '';
  const parts = fragment.replace(/^\/+/, '').split('/');
  const directory = parts[0]?.startsWith('@') === true ? parts.shift()?.slice(1).toLowerCase() : undefined;
  return {
    target: targetOf(parts),
    directory: directory === '' ? undefined : directory,
    isOtherCloud: cloud !== 'com',
    said,
    before: line.slice(0, at),
    after: line.slice(at + said.length),
  };
};

/**
 * The addresses of the Azure portal in a line, with what they open. Never throws; what they name may not exist, and the person may not see it. The
 * shapes are those of Microsoft's documentation and of what Resource Graph and Defender's REST API return.
 */
export const portalLinksIn = (typed: string): PortalLink[] => {
  const line = plainLine(typed);
  return [...line.matchAll(addresses)].flatMap(({ 0: address, index }) => {
    const said = withoutPunctuation(address);
    return linkOf(line, said, index) ?? [];
  });
};
