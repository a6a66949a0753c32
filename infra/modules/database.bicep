// PostgreSQL that knows no passwords: the named administrators sign in with tokens of Entra, and so does the bot, which is no
// administrator: npm run migrate gives it what it needs (docs/install.md).
param serverName string
param location string
param sku object
param storageGB int

param administrators { objectId: string, name: string, type: string }[]

param subnetId string
param dnsZoneId string
param workspaceId string

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
  for person in administrators: {
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
