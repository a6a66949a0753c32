// Asks the app from outside whether it is ready, and raises an alert when two of three places say no.
param name string
param location string
param host string
param workspaceId string
param actionGroupIds string[]

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: name
  location: location
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspaceId
  }
}

resource readiness 'Microsoft.Insights/webtests@2022-06-15' = {
  name: '${name}-ready'
  location: location
  kind: 'standard'
  tags: {
    'hidden-link:${insights.id}': 'Resource'
  }
  properties: {
    SyntheticMonitorId: '${name}-ready'
    Name: '${name}-ready'
    Kind: 'standard'
    Enabled: true
    Frequency: 300
    Timeout: 30
    RetryEnabled: true
    Locations: [
      for place in ['emea-nl-ams-azr', 'us-va-ash-azr', 'apac-sg-sin-azr']: {
        Id: place
      }
    ]
    Request: {
      RequestUrl: 'https://${host}/readyz'
      HttpVerb: 'GET'
      ParseDependentRequests: false
    }
    ValidationRules: {
      ExpectedHttpStatusCode: 200
      SSLCheck: true
      SSLCertRemainingLifetimeCheck: 7
    }
  }
}

resource notReady 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: '${name}-not-ready'
  location: 'global'
  tags: {
    'hidden-link:${insights.id}': 'Resource'
    'hidden-link:${readiness.id}': 'Resource'
  }
  properties: {
    description: 'Exemption Desk does not answer, or says that it is not ready.'
    severity: 1
    enabled: true
    scopes: [
      readiness.id
      insights.id
    ]
    evaluationFrequency: 'PT1M'
    windowSize: 'PT5M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria'
      webTestId: readiness.id
      componentId: insights.id
      failedLocationCount: 2
    }
    actions: [
      for id in actionGroupIds: {
        actionGroupId: id
      }
    ]
  }
}
