import { namedPeople } from '../../src/cards/named-people.ts';

const named = (...names: string[]) =>
  namedPeople(names.map((name, index) => ({ objectId: `${index}`, name, userId: `29:${index}` })));

describe('people named in a text', () => {
  it('are mentioned by entities that stand in the text letter by letter', () => {
    expect(named('Bob Brown', "Zoë O'Neil-Groß, Dr.", 'Łukasz (IT)').text).toBe(
      "<at>Bob Brown</at>, <at>Zoë O'Neil-Groß, Dr.</at> and <at>Łukasz (IT)</at>",
    );
    for (const { text, mentioned } of named('Bob Brown', 'Bob Brown').entities) {
      expect(text).toBe(`<at>${mentioned.name}</at>`);
      expect(named('Bob Brown', 'Bob Brown').text).toContain(text);
    }
  });

  it('differ where they have the same name, because Teams notifies one person for equal texts', () => {
    expect(named('Bob', 'Bob').text).toBe('<at>Bob</at> and <at>Bob (2)</at>');
  });

  it('are only named where they have no id', () => {
    const people = [{ objectId: '1', name: 'Bob', userId: undefined }];
    expect(namedPeople(people)).toEqual({ text: 'Bob', entities: [] });
  });

  it.each([
    ['[Bob](https://evil.example)', 'Bob (https evil example)'],
    ['</at><at>everybody</at>', 'at at everybody at'],
    ['**Bob** _x_ `y` #1', 'Bob x y 1'],
    ['Bob\u202Eevil\n\nline', 'Bobevil line'],
    ['***', 'an approver'],
    ['', 'an approver'],
  ])('have no markup in %j', (name, shown) => {
    expect(named(name).entities).toEqual([
      { type: 'mention', text: `<at>${shown}</at>`, mentioned: { id: '29:0', name: shown } },
    ]);
  });

  it('are not long', () => {
    expect(named('x'.repeat(500)).text.length).toBeLessThan(80);
  });
});
