type Version = { readonly text: string; readonly numbers: readonly number[]; readonly preview: boolean };
type Pin = { readonly parts: readonly (number | undefined)[]; readonly preview: boolean };

const versionForm = /^(\d+)\.(\d+)\.(\d+)(?:-([a-z]+))?$/i;
const pinForm = /^(\d+)\.(\d+|\*)(?:\.(\d+|\*))?(-preview)?$/i;

const versionFrom = (text: string): Version | undefined => {
  const [, major, minor, patch, suffix] = versionForm.exec(text.trim()) ?? [];
  if (major === undefined) return undefined;
  return { text, numbers: [major, minor, patch].map(Number), preview: suffix?.toLowerCase() === 'preview' };
};

const pinFrom = (text: string): Pin | undefined => {
  const [, major, minor, patch, preview] = pinForm.exec(text.trim()) ?? [];
  if (major === undefined) return undefined;
  const parts = [major, minor, patch ?? '*'].map((part) => (part === '*' ? undefined : Number(part)));
  return { parts, preview: preview !== undefined };
};

const matches = (pin: Pin, version: Version): boolean =>
  (pin.preview || !version.preview) &&
  pin.parts.every((part, index) => part === undefined || part === version.numbers[index]);

/** By numbers; of the same numbers the preview is the lower one. */
const compare = (a: Version, b: Version): number =>
  a.numbers.map((number, index) => number - (b.numbers[index] ?? 0)).find((difference) => difference !== 0) ??
  Number(b.preview) - Number(a.preview);

/**
 * The version of an initiative that an assignment uses: the highest that matches its `definitionVersion`, such as `57.*.*` or
 * `1.3.*-preview`. Previews only if asked for. Undefined if none matches or the form is not known.
 */
export const versionFor = (definitionVersion: string, versions: readonly string[]): string | undefined => {
  const pin = pinFrom(definitionVersion);
  if (pin === undefined) return undefined;
  const found = versions.flatMap((text) => versionFrom(text) ?? []).filter((version) => matches(pin, version));
  return found.toSorted(compare).at(-1)?.text;
};
