import { defineConfig } from 'drizzle-kit';

/** For `npx drizzle-kit generate`: writes the next migration after a change of the schema. */
export default defineConfig({
  dialect: 'postgresql',
  schema: ['./src/store/schema.ts', './src/store/inbox-table.ts'],
  out: './src/store/migrations',
  casing: 'snake_case',
});
