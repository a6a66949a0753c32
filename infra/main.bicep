// Everything Exemption Desk runs on, in one resource group. The role at the management group is role.bicep, Event Grid is events.bicep.
// Each deployment sets all settings of the app anew, so deploy it with main.bicepparam, where an organisation keeps what it has set.
targetScope = 'resourceGroup'

@description('Names everything; a suffix is added where a name must be unique in the world.')
@minLength(3)
@maxLength(40)
param name string = 'exemption-desk'

@description('The region of everything that has one.')
param location string = resourceGroup().location

@description('In which days begin and end, for example Europe/Berlin.')
param timeZone string = 'UTC'

@description('What to do where the rights of the bot do not reach every policy assignment.')
@allowed(['all-or-nothing', 'best-effort'])
param partialRights string = 'all-or-nothing'

@description('Object ids of Entra groups whose members may decide without a right on policy assignments; empty: nobody.')
param delegateGroups string[] = []

@description('Whether guests of the organisation may request exemptions. They never decide.')
param allowGuestsToAsk bool = false

@description('Where the bot may be beside personal chats: channels, private-channels, shared-channels, group-chats, or ids of teams, channels and chats (19:…@thread.tacv2). Empty: everywhere.')
param allowedPlaces array = []

@description('Whether an answer for one person in a channel or group chat stands there, visible to them alone, instead of in their personal chat.')
param targetedMessages bool = false

@description('Path of a governance file in the deployed package, for example governance.yaml; empty: what is built in holds.')
param governanceFile string = ''

@description('Path of a connections file in the deployed package, for example connections.yaml; empty: no other system is told anything.')
param connectionsFile string = ''

@description('For each setting that the connections file names, where Key Vault keeps its value: { CONNECTION_SOC: https://….vault.azure.net/secrets/… }')
param connectionKeys object = {}

@description('How many minutes lie between two looks at all exemptions.')
@minValue(1)
@maxValue(1440)
param sweepMinutes int = 5

@description('So many alerts for one channel are posted one by one; more that are due together become one card.')
@minValue(1)
@maxValue(10000)
param alertsAtOnce int = 5

@description('Nothing is written to Azure, asked for or decided.')
param readOnly bool = false

@description('How much the log says.')
@allowed(['debug', 'info', 'warn', 'error', 'silent'])
param logLevel string = 'info'

@description('Where Key Vault keeps the token that the monitoring sends to /metrics: https://….vault.azure.net/secrets/…; empty: there is no such page.')
param metricsTokenUri string = ''

@description('Entra tenants whose people are answered; empty: only the tenant of this subscription.')
param allowedTenants string[] = []

@description('Application id, or its URI, of the Entra application that stands for the endpoint of Event Grid; empty: no such endpoint.')
param eventsAudience string = ''

@description('Subscriptions, or resource groups in them, that may send events: /subscriptions/…')
param eventsTopics string[] = []

@description('Application id of the registration of the API for other programs (docs/api.md); empty: there is no API.')
param apiAudience string = ''

@description('Client ids of the only applications that may call the API; empty: every one that Entra gives a token.')
param apiClients string[] = []

@description('Size of the App Service plan; Basic is the smallest that is always on and can join a network.')
param planSku string = 'B1'

@description('How many instances of the app run.')
@minValue(1)
param instances int = 1

@description('Size of the database server.')
param databaseSku { name: string, tier: 'Burstable' | 'GeneralPurpose' | 'MemoryOptimized' } = {
  name: 'Standard_B1ms'
  tier: 'Burstable'
}

@description('Gigabytes of the database server; it grows by itself and cannot shrink, so after it has grown say here what it has.')
param databaseStorageGB int = 32

@description('Name of the database server; empty: one is made. After a restore: the name of the restored server.')
param databaseServer string = ''

@description('People or groups who may sign in to the database server as administrators and own the tables. The bot is none of them.')
@minLength(1)
param databaseAdministrators { objectId: string, name: string, type: 'Group' | 'User' }[]

@description('For how many days after its last change nobody can remove a head of the ledger that was published.')
@minValue(1)
@maxValue(146000)
param evidenceDays int = 2555

@description('A range of at least 256 private addresses that nothing else uses.')
param addressRange string = '10.93.0.0/24'

@description('Action groups that are told when the app is not ready.')
param actionGroupIds string[] = []

var uniqueName = '${name}-${uniqueString(resourceGroup().id)}'

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: name
  location: location
}

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: name
  location: location
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    retentionInDays: 30
  }
}

module network 'modules/network.bicep' = {
  name: 'network'
  params: {
    name: name
    location: location
    addressRange: addressRange
  }
}

module database 'modules/database.bicep' = {
  name: 'database'
  params: {
    serverName: empty(databaseServer) ? uniqueName : databaseServer
    location: location
    sku: databaseSku
    storageGB: databaseStorageGB
    administrators: databaseAdministrators
    subnetId: network.outputs.databaseSubnetId
    dnsZoneId: network.outputs.databaseDnsZoneId
    workspaceId: workspace.id
  }
}

module evidence 'modules/evidence.bicep' = {
  name: 'evidence'
  params: {
    accountName: 'ledger${uniqueString(resourceGroup().id)}'
    location: location
    botObjectId: identity.properties.principalId
    days: evidenceDays
  }
}

module app 'modules/app.bicep' = {
  name: 'app'
  params: {
    siteName: uniqueName
    planName: name
    location: location
    planSku: planSku
    instances: instances
    identityId: identity.id
    subnetId: network.outputs.appSubnetId
    workspaceId: workspace.id
    keptElsewhere: connectionKeys
    settings: {
      MICROSOFT_APP_ID: identity.properties.clientId
      MICROSOFT_APP_TYPE: 'UserAssignedMSI'
      MICROSOFT_APP_TENANT_ID: tenant().tenantId
      ALLOWED_TENANTS: join(allowedTenants, ',')
      ALLOW_GUESTS_TO_ASK: allowGuestsToAsk ? 'true' : 'false'
      ALLOWED_PLACES: join(allowedPlaces, ',')
      TARGETED_MESSAGES: targetedMessages ? 'true' : 'false'
      DATABASE_URL: 'postgres://${identity.name}@${database.outputs.host}:5432/${database.outputs.databaseName}?sslmode=verify-full'
      DATABASE_AUTH: 'entra'
      TIME_ZONE: timeZone
      PARTIAL_RIGHTS: partialRights
      DELEGATE_GROUPS: join(delegateGroups, ',')
      SWEEP_MINUTES: '${sweepMinutes}'
      ALERTS_AT_ONCE: '${alertsAtOnce}'
      READ_ONLY: readOnly ? 'true' : 'false'
      LOG_LEVEL: logLevel
      METRICS_TOKEN: empty(metricsTokenUri) ? '' : '@Microsoft.KeyVault(SecretUri=${metricsTokenUri})'
      GOVERNANCE_FILE: governanceFile
      CONNECTIONS_FILE: connectionsFile
      EVIDENCE_CONTAINER_URL: evidence.outputs.containerUrl
      AZURE_EVENTS_AUDIENCE: eventsAudience
      AZURE_EVENTS_TOPICS: join(eventsTopics, ',')
      API_AUDIENCE: apiAudience
      API_CLIENTS: join(apiClients, ',')
    }
  }
}

module bot 'modules/bot.bicep' = {
  name: 'bot'
  params: {
    botName: uniqueName
    host: app.outputs.host
    appId: identity.properties.clientId
    identityId: identity.id
  }
}

module availability 'modules/availability.bicep' = {
  name: 'availability'
  params: {
    name: name
    location: location
    host: app.outputs.host
    workspaceId: workspace.id
    actionGroupIds: actionGroupIds
  }
}

@description('For npm run package -- --bot-id')
output botId string = identity.properties.clientId

@description('For role.bicep, and for the Microsoft Graph permissions')
output botObjectId string = identity.properties.principalId

@description('For az webapp deploy --name')
output siteName string = uniqueName

output host string = app.outputs.host

@description('The database server that the app uses, for backup and restore')
output databaseServerName string = database.outputs.serverName
