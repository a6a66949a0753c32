/** Assessments that must be unhealthy for the stories of Contoso: beginnings of keys by resource name. All findings begin with 5a7f0c1e. */
const knownTroubles: Readonly<Record<string, readonly string[]>> = {
  'vm-shop-1': ['805651bc', 'bc303248', '3b20e985', '5a7f0c1e'],
  'vm-shop-2': ['805651bc', '5a7f0c1e'],
  'vm-shop-10': ['805651bc', '5a7f0c1e'],
  'vm-shop-build-1': ['5a7f0c1e'],
  'vm-intranet-1': ['5a7f0c1e'],
  'vm-intranet-2': ['5a7f0c1e'],
  'vm-hr-1': ['5a7f0c1e'],
  'vm-nva-1': ['5a7f0c1e'],
  orders: ['24b8d8dd'],
  stshopprod: ['1c5de8e1', '51fd8bb1'],
  stshoplogs: ['1c5de8e1'],
  stcorpweb: ['1c5de8e1'],
  'sql-shop-prod': ['94208a8b', '22e93e92'],
  'sql-corp-hr': ['94208a8b'],
  'kv-hr': ['52f7826a'],
  'workers-0': ['805651bc'],
  'vm-lab-1': ['805651bc', '5a7f0c1e'],
  'vm-dns-1': ['6c99f570', '5a7f0c1e'],
  'redis-shop-prod': ['be264018'],
};

/** FNV-1a: the same values in every run. `hash` continues that of the text before. */
const hashOf = (text: string, hash = 0x811c9dc5): number => {
  let result = hash;
  for (let position = 0; position < text.length; position += 1) {
    const character = text.codePointAt(position) ?? 0;
    if (character > 0xffff) position += 1;
    result = Math.imul(result ^ character, 0x01000193) >>> 0;
  }
  return result;
};

/** The health of a resource that Defender would find without any exemption, by the key of a recommendation. */
export const healthUnderneath = (resourceName: string): ((assessmentKey: string) => 'healthy' | 'unhealthy') => {
  const troubles = knownTroubles[resourceName] ?? [];
  const start = hashOf(`${resourceName}/`);
  return (assessmentKey) =>
    troubles.some((trouble) => assessmentKey.startsWith(trouble)) || (hashOf(assessmentKey, start) >>> 8) % 10 < 4
      ? 'unhealthy'
      : 'healthy';
};
