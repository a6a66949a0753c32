// Optional: lets people begin an exemption in the Azure portal, by "Trigger logic app" on a recommendation of Defender for Cloud. Deployed into a
// resource group of its own subscription once the API of the app answers; docs/portal.md has the steps around it.
targetScope = 'resourceGroup'

@description('Names the Logic App, as people see it in the portal.')
param logicAppName string = 'request-exemption'

param location string = resourceGroup().location

@description('Host name of the app: the output host of main.bicep.')
param host string

@description('The application id of the registration of the API: API_AUDIENCE.')
param audience string

resource connection 'Microsoft.Web/connections@2016-06-01' = {
  name: '${logicAppName}-defender'
  location: location
  properties: {
    displayName: 'Microsoft Defender for Cloud recommendations'
    api: {
      id: subscriptionResourceId('Microsoft.Web/locations/managedApis', location, 'ascassessment')
    }
  }
}

// A Consumption Logic App: the portal offers no other.
resource logicApp 'Microsoft.Logic/workflows@2019-05-01' = {
  name: logicAppName
  location: location
  identity: {
    type: 'SystemAssigned'
  }
  properties: {
    state: 'Enabled'
    definition: {
      '$schema': 'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#'
      contentVersion: '1.0.0.0'
      parameters: {
        '$connections': {
          type: 'Object'
          defaultValue: {}
        }
      }
      triggers: {
        // The built-in policies and the portal look for this very name.
        When_a_Microsoft_Defender_for_Cloud_recommendation_is_created_or_triggered: {
          type: 'ApiConnectionWebhook'
          inputs: {
            host: {
              connection: {
                name: '@parameters(\'$connections\')[\'ascassessment\'][\'connectionId\']'
              }
            }
            body: {
              callback_url: '@{listCallbackUrl()}'
            }
            path: '/Microsoft.Security/Assessment/subscribe'
          }
        }
      }
      actions: {
        Draft_an_exemption: {
          type: 'Http'
          runAfter: {}
          inputs: {
            method: 'POST'
            uri: 'https://${host}/api/v1/drafts'
            headers: {
              'Content-Type': 'application/json'
              // The Logic App may post twice for one run.
              'Idempotency-Key': '@{workflow().run.name}'
            }
            body: {
              recommendation: '@{triggerBody()?[\'name\']}'
              scopes: [
                '@{coalesce(triggerBody()?[\'properties\']?[\'resourceDetails\']?[\'id\'], triggerBody()?[\'properties\']?[\'resourceDetails\']?[\'Id\'])}'
              ]
            }
            // Without the audience the token would be one for Azure Resource Manager, which the API refuses.
            authentication: {
              type: 'ManagedServiceIdentity'
              audience: 'api://${audience}'
            }
            retryPolicy: {
              type: 'exponential'
              count: 4
              interval: 'PT10S'
            }
          }
        }
      }
    }
    parameters: {
      '$connections': {
        value: {
          ascassessment: {
            connectionId: connection.id
            connectionName: connection.name
            id: subscriptionResourceId('Microsoft.Web/locations/managedApis', location, 'ascassessment')
          }
        }
      }
    }
  }
}

@description('The object id of its identity: it needs the app role Drafts.Create of the API, and Reader where it shall draft.')
output principalId string = logicApp.identity.principalId
