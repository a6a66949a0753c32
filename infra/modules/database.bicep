// PostgreSQL that knows no passwords: the bot and the named administrators sign in with tokens of Entra.
param serverName string
param location string
param sku object
param storageGB int

@description('Name of the identity of the bot; its user in PostgreSQL is called the same.')
param botName string
param botObjectId string
param administrators { objectId: string, name: string, type: string }[]

param subnetId string
param dnsZoneId string
param workspaceId string

var bot = {
  objectId: botObjectId
  name: botName
  type: 'ServicePrincipal'
}

resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: serverName
  location: location
  sku: sku
  properties: {
    version: '16'
    authConfig: {
      activeDirectoryAuth: 'Enabled'
      passwordAuth: 'Disabled'
      tenantId: tenant().tenantId
    }
    network: {
      delegatedSubnetResourceId: subnetId
      privateDnsZoneArmResourceId: dnsZoneId
    }
    storage: {
      storageSizeGB: storageGB
      autoGrow: 'Enabled'
    }
    backup: {
      backupRetentionDays: 35
      geoRedundantBackup: 'Disabled'
    }
    highAvailability: {
      mode: 'Disabled'
    }
  }
}

resource database 'Microsoft.DBforPostgreSQL/flexibleServers/databases@2024-08-01' = {
  parent: server
  name: 'exemption_desk'
  properties: {
    charset: 'UTF8'
    collation: 'en_US.utf8'
  }
}

// The server takes one change at a time.
@batchSize(1)
resource signIns 'Microsoft.DBforPostgreSQL/flexibleServers/administrators@2024-08-01' = [
  for person in concat([bot], administrators): {
    parent: server
    name: person.objectId
    properties: {
      principalName: person.name
      principalType: person.type
      tenantId: tenant().tenantId
    }
    dependsOn: [
      database
    ]
  }
]

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: server
  name: 'logs'
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        category: 'PostgreSQLLogs'
        enabled: true
      }
    ]
  }
}

output serverName string = server.name
output host string = server.properties.fullyQualifiedDomainName
output databaseName string = database.name
