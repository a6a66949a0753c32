import { readdirSync, readFileSync } from 'node:fs';
import { languageService } from '../../simulator/azure/kql/language-service.ts';
import { bicepFile } from './bicep-file.ts';

const bicep = bicepFile('siem.bicep');
const ownColumns = [...bicep.code.matchAll(/\{ name: '(\w+)', type: '(\w+)' \}/g)].map(([, name = '', type = '']) => ({
  name,
  type,
}));
/** The columns of Azure's activity log in a workspace that the rules use. */
const activityColumns = [
  { name: 'TimeGenerated', type: 'datetime' },
  ...['OperationNameValue', 'ActivityStatusValue', 'Caller', 'CallerIpAddress', 'SubscriptionId', '_ResourceId'].map(
    (name) => ({ name, type: 'string' }),
  ),
];
const tables = new Map([
  ['ExemptionDesk_CL', ownColumns],
  ['AzureActivity', activityColumns],
]);
const files = readdirSync('infra/siem').filter((name) => name.endsWith('.kql'));
const queryIn = (file: string): string => readFileSync(`infra/siem/${file}`, 'utf8');

describe('the rules of Microsoft Sentinel', () => {
  it('are three, all of them deployed', () => {
    expect(files).toHaveLength(3);
    for (const file of files) expect(bicep.code).toContain(`loadTextContent('siem/${file}')`);
  });

  it.each(files)('are understood by the parser of Microsoft: %s', (file) => {
    expect(languageService().analyze(queryIn(file), tables).errors).toEqual([]);
  });

  it.each(files)('would be refused with a column that the table has not: %s', (file) => {
    const wrong = queryIn(file).replaceAll('EventUid', 'EventUidd');
    expect(languageService().analyze(wrong, tables).errors).not.toEqual([]);
  });

  it('count no row twice', () => {
    for (const file of files) expect(queryIn(file)).toContain('summarize arg_max(TimeGenerated, *) by EventUid');
  });
});
