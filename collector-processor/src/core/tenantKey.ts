/** The resource attribute that tells whose telemetry it is, unless it is the tenant `default`. */
export const TENANT_KEY = 'plumbline.tenant';
