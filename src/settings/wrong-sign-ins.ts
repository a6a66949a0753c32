type SignIn = { readonly DATABASE_URL?: string | undefined; readonly DATABASE_AUTH: 'password' | 'entra' };

/** What contradicts itself in the settings of the sign-in to the database, as sentences. */
export const wrongSignIns = ({ DATABASE_URL, DATABASE_AUTH }: SignIn): string[] => {
  if (DATABASE_AUTH !== 'entra') return [];
  if (DATABASE_URL === undefined)
    return ['DATABASE_AUTH=entra needs DATABASE_URL: the embedded database has no users.'];
  const { username, password } = new URL(DATABASE_URL);
  const lines: string[] = [];
  if (username === '')
    lines.push(
      'DATABASE_URL names no user: with DATABASE_AUTH=entra it must be the name of the identity of Exemption Desk.',
    );
  if (password !== '')
    lines.push('DATABASE_URL must not contain a password with DATABASE_AUTH=entra, which uses tokens.');
  return lines;
};
