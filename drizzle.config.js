import { defineConfig } from 'drizzle-kit';

/** For `npx drizzle-kit generate`: writes the next migration after a change of the schema. */
export default defineConfig({
  dialect: 'postgresql',
  schema: './src/store/engine/schema.ts',
  out: './src/store/migrations',
  casing: 'snake_case',
});
