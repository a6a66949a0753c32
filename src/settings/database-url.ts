const decodes = (text: string): boolean => {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
};

/** What a connection string of PostgreSQL must look like; a special character that is not encoded ends the password early. */
export const databaseUrlRemedy =
  'postgres://user:password@host:5432/database of a PostgreSQL database. In user, password and database name, percent-encode special characters: write @ as %40, : as %3A, / as %2F, ? as %3F, # as %23, % as %25 and a space as %20';

/**
 * True if the driver reads the connection string as it was meant. False if a special character in the password, which should have been
 * percent-encoded, would turn a part of the password into a host or a database.
 */
export const isDatabaseUrl = (url: string): boolean => {
  if (!URL.canParse(url) || /[\s#]|%(?![0-9a-f]{2})/i.test(url) || !decodes(url)) return false;
  const { protocol, pathname, search } = new URL(url);
  return /^postgres(ql)?:$/.test(protocol) && !pathname.includes('@') && !search.includes('@');
};
