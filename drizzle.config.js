/** For `npx drizzle-kit generate`: writes the next migration after a change of the schema. */
export default {
  dialect: 'postgresql',
  schema: './src/store/schema.ts',
  out: './src/store/migrations',
  casing: 'snake_case',
};
