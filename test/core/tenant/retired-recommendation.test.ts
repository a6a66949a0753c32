import { retiredIn, retirementOf } from '../../../src/core/tenant/retired-recommendation.ts';

describe('a key that Microsoft retired', () => {
  it.each([
    ['1195AFFF-c881-495e-9bc5-1486211ae03f', 'category SoftwareUpdate'],
    ['e1145ab1-eb4f-43d8-911b-36ddf771d13f', 'category SystemUpdate'],
    ['8c3d9ad0-3639-4686-9cd2-2b2ab2609bda', 'category HostMisconfigurations'],
    ['17618b1a-ed14-49bb-b37f-9f8ba967be8b', 'category ExposedSecrets'],
    ['24a15fbd-cfe4-4dff-b2be-1c367a6b2031', 'category ServiceUpgrade'],
    ['82e20e14-edc5-4373-bfc4-f13121257c37', 'on the database and no longer on the server'],
    ['dc5357d0-3858-4d17-a1a3-072840bff5be', 'd44de051-1862-48f8-8476-192aee854699'],
    ['fde1c0c9-0fd2-4ecc-87b5-98956cbc1095', '422107c6-5b9a-46a6-bb1d-26ef1cc52d65'],
    ['0354476c-a12a-4fcc-a79d-f0ab7ffffdbb', '009678ce-adce-4c94-9cc8-cfc2bd0c6a06'],
    ['20606e75-05c4-48c0-9d97-add6daa2109a', 'f2864482-b329-4310-8c06-3cf74fe880c5'],
    ['1ff0b4c9-ed56-4de6-be9c-d7ab39645926', '9b4f4dd4-24fc-42ba-9978-2a1cf575d36d'],
    ['050ac097-3dda-4d24-ab6d-82568e7a50cf', 'a4899b81-b689-4e0d-aa29-45983ab8b7fc'],
  ])('%s names its successor', (key, successor) => {
    expect(retirementOf(key)).toContain(successor);
  });

  it('is none that succeeds another one, and no other', () => {
    expect(retirementOf('422107c6-5b9a-46a6-bb1d-26ef1cc52d65')).toBeUndefined();
    expect(retirementOf('1c5de8e1-0000-4000-8000-000000000000')).toBeUndefined();
  });

  it('is found in a condition by its key, and by its title unless the successor has the same', () => {
    const named = retiredIn([
      '*',
      '050AC097-3dda-4d24-ab6d-82568e7a50cf',
      'machines should have vulnerability findings resolved',
      'Disabled accounts with owner permissions on Azure resources should be removed',
    ]);
    expect(named.map(({ key }) => key.slice(0, 8))).toEqual(['050ac097', '1195afff']);
  });
});
