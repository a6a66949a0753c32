// The least that the bot needs in Azure, and its assignment, at a management group. Deployed on its own: whoever may give roles there is seldom
// whoever owns the resource group of the app, and Azure deploys to a management group only from there.
targetScope = 'managementGroup'

@description('Object id of the identity of the bot: the output botObjectId of main.bicep.')
param botObjectId string

@description('Only for a second top group: the name of a role may exist once in a tenant, so that there the role is called Exemption Desk (suffix).')
@maxLength(64)
param roleSuffix string = ''

var role = loadJsonContent('exemption-desk-role.json')
var roleName = empty(roleSuffix) ? role.Name : '${role.Name} (${roleSuffix})'

resource definition 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(managementGroup().id, role.Name)
  properties: {
    roleName: roleName
    description: role.Description
    type: 'CustomRole'
    permissions: [
      {
        actions: role.Actions
        notActions: role.NotActions
      }
    ]
    // In the place of the file's YOUR-TOP-GROUP. Azure takes one management group only.
    assignableScopes: [
      managementGroup().id
    ]
  }
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(managementGroup().id, role.Name, botObjectId)
  properties: {
    roleDefinitionId: definition.id
    principalId: botObjectId
    principalType: 'ServicePrincipal'
  }
}
