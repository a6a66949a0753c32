// App Service, not a Container App: it runs the sources as they are on a read-only package, without a registry and an image to look after.
param siteName string
param planName string
param location string
param planSku string
param instances int
param identityId string
param subnetId string
param workspaceId string

@description('The settings of the product; src/config.ts says what each means. Empty ones count as unset, and those not named here are taken away.')
param settings object

@description('More settings, and where Key Vault keeps the value of each.')
param keptElsewhere object

var fromKeyVault = toObject(
  items(keptElsewhere),
  each => each.key,
  each => '@Microsoft.KeyVault(SecretUri=${each.value})'
)

// Not settings of the product: where App Service takes the sources from, and that it builds nothing; how many seconds it waits
// after SIGTERM, 5 unless set (docs/scale.md).
var platformSettings = {
  WEBSITES_CONTAINER_STOP_TIME_LIMIT: '40'
  WEBSITE_RUN_FROM_PACKAGE: '1'
  SCM_DO_BUILD_DURING_DEPLOYMENT: 'false'
}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: planName
  location: location
  kind: 'linux'
  sku: {
    name: planSku
    capacity: instances
  }
  properties: {
    reserved: true
  }
}

resource site 'Microsoft.Web/sites@2024-04-01' = {
  name: siteName
  location: location
  kind: 'app,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    virtualNetworkSubnetId: subnetId
    keyVaultReferenceIdentity: identityId
    siteConfig: {
      linuxFxVersion: 'NODE|24-lts'
      appCommandLine: 'node src/main.ts'
      alwaysOn: true
      healthCheckPath: '/readyz'
      ftpsState: 'Disabled'
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      http20Enabled: true
      appSettings: [
        for setting in items(union(settings, fromKeyVault, platformSettings)): {
          name: setting.key
          value: setting.value
        }
      ]
    }
  }
}

// Nobody publishes with a password.
resource publishing 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = [
  for way in ['ftp', 'scm']: {
    parent: site
    name: way
    properties: {
      allow: false
    }
  }
]

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: site
  name: 'logs'
  properties: {
    workspaceId: workspaceId
    logs: [
      for category in ['AppServiceConsoleLogs', 'AppServiceHTTPLogs', 'AppServicePlatformLogs', 'AppServiceAuditLogs']: {
        category: category
        enabled: true
      }
    ]
  }
}

output host string = site.properties.defaultHostName
