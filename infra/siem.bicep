// Optional: the table for the ledger in your Log Analytics workspace, the rule by which Exemption Desk fills it, and three rules of Microsoft Sentinel
// (docs/connect/siem.md). Deployed into the resource group of the workspace.
targetScope = 'resourceGroup'

@description('Name of the Log Analytics workspace, in this resource group.')
param workspaceName string

param location string = resourceGroup().location

@description('Object id of the identity of the bot: the output botObjectId of main.bicep.')
param botObjectId string

@description('How many days the rows stay in the table.')
@minValue(30)
@maxValue(730)
param retentionDays int = 365

@description('Whether Microsoft Sentinel is on in this workspace, so that it gets its three rules.')
param withSentinel bool = true

var tableName = 'ExemptionDesk_CL'
var streamName = 'Custom-${tableName}'

// Monitoring Metrics Publisher
var publisherRoleId = '3913510d-42f4-4e42-8a64-420c390055eb'

var columns = [
  { name: 'TimeGenerated', type: 'datetime' }
  { name: 'EventUid', type: 'string' }
  { name: 'Sequence', type: 'long' }
  { name: 'Event', type: 'string' }
  { name: 'Reference', type: 'string' }
  { name: 'FromStatus', type: 'string' }
  { name: 'ToStatus', type: 'string' }
  { name: 'ActorKind', type: 'string' }
  { name: 'ActorId', type: 'string' }
  { name: 'ActorTenantId', type: 'string' }
  { name: 'ActorName', type: 'string' }
  { name: 'Scopes', type: 'string' }
  { name: 'Facts', type: 'dynamic' }
  { name: 'Words', type: 'string' }
  { name: 'CutFields', type: 'string' }
]

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' existing = {
  name: workspaceName
}

resource table 'Microsoft.OperationalInsights/workspaces/tables@2023-09-01' = {
  parent: workspace
  name: tableName
  properties: {
    totalRetentionInDays: retentionDays
    schema: {
      name: tableName
      columns: columns
    }
  }
}

resource rule 'Microsoft.Insights/dataCollectionRules@2023-03-11' = {
  name: 'exemption-desk-ledger'
  location: location
  kind: 'Direct'
  properties: {
    streamDeclarations: {
      '${streamName}': {
        columns: columns
      }
    }
    destinations: {
      logAnalytics: [
        {
          name: 'workspace'
          workspaceResourceId: workspace.id
        }
      ]
    }
    dataFlows: [
      {
        streams: [streamName]
        destinations: ['workspace']
        transformKql: 'source'
        outputStream: streamName
      }
    ]
  }
  dependsOn: [table]
}

resource mayPublish 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(rule.id, botObjectId, publisherRoleId)
  scope: rule
  properties: {
    principalId: botObjectId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', publisherRoleId)
  }
}

var sentinelRules = [
  {
    id: 'exemption-desk-made-outside'
    title: 'Exemption made outside Exemption Desk'
    severity: 'Medium'
    query: loadTextContent('siem/made-outside.kql')
    frequency: 'PT1H'
    period: 'P1D'
    tactics: ['DefenseEvasion']
  }
  {
    id: 'exemption-desk-emergency-not-ratified'
    title: 'Emergency exemption was not ratified in time'
    severity: 'High'
    query: loadTextContent('siem/emergency-not-ratified.kql')
    frequency: 'PT1H'
    period: 'P14D'
    tactics: ['DefenseEvasion']
  }
  {
    id: 'exemption-desk-ledger-broken'
    title: 'The ledger of Exemption Desk has a gap or a second row'
    severity: 'High'
    query: loadTextContent('siem/ledger-broken.kql')
    frequency: 'PT1H'
    period: 'P14D'
    tactics: ['DefenseEvasion', 'Impact']
  }
]

resource alerts 'Microsoft.SecurityInsights/alertRules@2024-09-01' = [
  for each in (withSentinel ? sentinelRules : []): {
    scope: workspace
    name: guid(workspace.id, each.id)
    kind: 'Scheduled'
    properties: {
      displayName: each.title
      description: 'See docs/connect/siem.md of Exemption Desk.'
      severity: each.severity
      enabled: true
      query: each.query
      queryFrequency: each.frequency
      queryPeriod: each.period
      triggerOperator: 'GreaterThan'
      triggerThreshold: 0
      suppressionDuration: 'PT5H'
      suppressionEnabled: false
      tactics: each.tactics
    }
    dependsOn: [table]
  }
]

@description('For endpoint in the connections file')
output endpoint string = rule.properties.endpoints.logsIngestion

@description('For rule in the connections file')
output rule string = rule.properties.immutableId
