// Optional: lets Event Grid tell the bot of changed exemptions in one subscription. Deployed into that subscription once the app answers, since
// Event Grid calls the endpoint before it creates the subscription of events.
targetScope = 'resourceGroup'

@description('Names the system topic; where the subscription has a system topic already, its name and its resource group.')
param topicName string = 'exemption-desk'

@description('Host name of the app: the output host of main.bicep.')
param host string

@description('What main.bicep got as eventsAudience.')
param audience string

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' = {
  name: topicName
  location: 'global'
  properties: {
    source: subscription().id
    topicType: 'Microsoft.Resources.Subscriptions'
  }
}

resource changedExemptions 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
  parent: topic
  name: 'exemption-desk'
  properties: {
    eventDeliverySchema: 'EventGridSchema'
    destination: {
      endpointType: 'WebHook'
      properties: {
        endpointUrl: 'https://${host}/api/azure-events'
        azureActiveDirectoryTenantId: tenant().tenantId
        azureActiveDirectoryApplicationIdOrUri: audience
        preferredBatchSizeInKilobytes: 64
      }
    }
    filter: {
      includedEventTypes: [
        'Microsoft.Resources.ResourceWriteSuccess'
        'Microsoft.Resources.ResourceDeleteSuccess'
      ]
      advancedFilters: [
        {
          operatorType: 'StringIn'
          key: 'data.operationName'
          values: [
            'Microsoft.Authorization/policyExemptions/write'
            'Microsoft.Authorization/policyExemptions/delete'
          ]
        }
      ]
    }
  }
}
