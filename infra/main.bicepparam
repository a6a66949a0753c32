// What your organisation has set of main.bicep: what is not set here has its default. Every deployment of main.bicep takes this file and
// sets all settings of the app anew, so change them here and deploy again. Keep the file where you keep your governance file. No secret belongs in it.
using 'main.bicep'

param timeZone = 'Europe/Berlin'

// Who owns the tables of the database and brings them up to date; the bot may not (docs/install.md).
param databaseAdministrators = [{ objectId: '00000000-0000-0000-0000-000000000000', name: 'Database people', type: 'Group' }]

// To set one of these take the // away; main.bicep says what each means. Values of lists and objects are examples.
// param name = 'exemption-desk'
// param location = 'westeurope'
// param governanceFile = 'governance.yaml'
// param connectionsFile = 'connections.yaml'
// param connectionKeys = { CONNECTION_SOC: 'https://YOUR-VAULT.vault.azure.net/secrets/exemption-desk-soc' }
// param partialRights = 'best-effort'
// param delegateGroups = ['00000000-0000-0000-0000-000000000000']
// param allowGuestsToAsk = true
// param targetedMessages = true
// param allowedPlaces = ['channels', 'private-channels', 'group-chats']
// param sweepMinutes = 5
// param alertsAtOnce = 5
// param readOnly = true
// param logLevel = 'info'
// param allowedTenants = ['00000000-0000-0000-0000-000000000000']
// param metricsTokenUri = 'https://YOUR-VAULT.vault.azure.net/secrets/exemption-desk-metrics'
// param eventsAudience = 'api://exemption-desk-events'
// param eventsTopics = ['/subscriptions/00000000-0000-0000-0000-000000000000']
// param apiAudience = '00000000-0000-0000-0000-000000000000'
// param apiClients = ['00000000-0000-0000-0000-000000000000']
// param planSku = 'B1'
// param instances = 1
// param databaseSku = { name: 'Standard_D2ds_v5', tier: 'GeneralPurpose' }
// param databaseStorageGB = 32
// param databaseServer = 'exemption-desk-restored'
// param evidenceDays = 2555
// param addressRange = '10.93.0.0/24'
// param actionGroupIds = ['/subscriptions/…/resourceGroups/…/providers/Microsoft.Insights/actionGroups/on-call']
