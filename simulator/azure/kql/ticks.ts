const ticksPerMillisecond = 10_000n;
const unixEpoch = 621_355_968_000_000_000n;

export const ticksPer = {
  microsecond: 10n,
  millisecond: ticksPerMillisecond,
  second: 10_000_000n,
  minute: 600_000_000n,
  hour: 36_000_000_000n,
  day: 864_000_000_000n,
} as const;

/** Ticks of 100 ns since 0001-01-01T00:00Z, as Kusto counts them. */
export const instantOf = (date: Date): bigint => BigInt(date.getTime()) * ticksPerMillisecond + unixEpoch;

export const dateOf = (instant: bigint): Date => new Date(Number((instant - unixEpoch) / ticksPerMillisecond));

export const floorTo = (value: bigint, size: bigint): bigint => {
  const rest = value % size;
  return value - (rest < 0n ? rest + size : rest);
};

const isoPattern =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,7})\d*)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;

const offsetInMinutes = (zone: string | undefined): number => {
  if (zone === undefined || zone.toUpperCase() === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith('-') ? -minutes : minutes;
};

/** Reads ISO 8601 (a missing zone means UTC); null for anything else. */
export const parseInstant = (text: string): bigint | null => {
  const match = isoPattern.exec(text.trim());
  if (match === null) return null;
  const [year, month, day, hour, minute, second] = match
    .slice(1, 7)
    .map((field: string | undefined) => Number(field ?? 0));
  const date = new Date(0);
  date.setUTCFullYear(year ?? 0, (month ?? 0) - 1, day);
  if (date.getUTCMonth() + 1 !== month || date.getUTCDate() !== day) return null;
  if ((hour ?? 0) > 23 || (minute ?? 0) > 59 || (second ?? 0) > 59) return null;
  date.setUTCHours(hour ?? 0, (minute ?? 0) - offsetInMinutes(match[8]), second ?? 0);
  return instantOf(date) + BigInt((match[7] ?? '').padEnd(7, '0'));
};

const fraction = (ticks: bigint, precision: 'seven digits' | 'shortest'): string => {
  const digits = ticks.toString().padStart(7, '0');
  const kept = precision === 'seven digits' ? digits : digits.replace(/0+$/, '');
  return kept === '' ? '' : `.${kept}`;
};

export const formatInstant = (instant: bigint, precision: 'seven digits' | 'shortest'): string =>
  `${dateOf(floorTo(instant, ticksPer.second)).toISOString().slice(0, 19)}${fraction(instant % ticksPer.second, precision)}Z`;

/** .NET's constant format: [-][d.]hh:mm:ss[.fffffff]. */
export const formatTimespan = (timespan: bigint): string => {
  const size = timespan < 0n ? -timespan : timespan;
  const two = (ticks: bigint): string => ticks.toString().padStart(2, '0');
  const days = size / ticksPer.day;
  const clock = [(size / ticksPer.hour) % 24n, (size / ticksPer.minute) % 60n, (size / ticksPer.second) % 60n].map(two);
  const rest = size % ticksPer.second;
  const sign = timespan < 0n ? '-' : '';
  return `${sign}${days > 0n ? `${days.toString()}.` : ''}${clock.join(':')}${rest > 0n ? fraction(rest, 'seven digits') : ''}`;
};

const units: readonly (readonly [RegExp, bigint])[] = [
  [/^(d|days?)$/, ticksPer.day],
  [/^(h|hrs?|hours?)$/, ticksPer.hour],
  [/^(m|min|minutes?)$/, ticksPer.minute],
  [/^(s|sec|seconds?)$/, ticksPer.second],
  [/^(ms|milli(s|sec|second|seconds)?)$/, ticksPer.millisecond],
  [/^(micro(s|sec|second|seconds)?|microsecond)$/, ticksPer.microsecond],
  [/^(tick|ticks)$/, 1n],
];

/** Reads '30d', '1.5h', '3 days', '1.02:03:04.5'; null for anything else. */
export const parseTimespan = (text: string): bigint | null => {
  const counted = /^(-?\d+(?:\.\d+)?)\s*([a-z]+)$/i.exec(text.trim());
  if (counted !== null) {
    const unit = units.find(([pattern]) => pattern.test(counted[2]?.toLowerCase() ?? ''));
    return unit === undefined ? null : BigInt(Math.round(Number(counted[1]) * Number(unit[1])));
  }
  const clock = /^(-)?(?:(\d+)\.)?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,7}))?)?$/.exec(text.trim());
  if (clock === null) return null;
  const [days, hours, minutes, seconds] = clock.slice(2, 6).map((field: string | undefined) => BigInt(field ?? 0));
  const whole = (days ?? 0n) * ticksPer.day + (hours ?? 0n) * ticksPer.hour + (minutes ?? 0n) * ticksPer.minute;
  const total = whole + (seconds ?? 0n) * ticksPer.second + BigInt((clock[6] ?? '').padEnd(7, '0'));
  return clock[1] === '-' ? -total : total;
};
