/** Who the service says it is, wherever its telemetry goes. */
export const ownResource = (
  instance: string,
  version: string,
): Readonly<Record<'service.name' | 'service.version' | 'service.instance.id', string>> => ({
  'service.name': 'plumbline',
  'service.version': version,
  'service.instance.id': instance,
});
