import { readdirSync, readFileSync } from 'node:fs';
import { templates } from '../../src/cards/prepare-templates.ts';

const folder = new URL('../../src/cards/templates/', import.meta.url);

it('parses every template before the first person is answered', () => {
  const files = readdirSync(folder).map((file): unknown => JSON.parse(readFileSync(new URL(file, folder), 'utf8')));
  const inOrder = (all: readonly unknown[]) => all.map((each) => JSON.stringify(each)).toSorted();
  expect(inOrder(templates)).toEqual(inOrder(files));
});
