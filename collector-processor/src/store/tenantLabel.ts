import { TENANT_KEY } from '../core/tenantKey';
import { type Added, AddedKeys } from './native/attributeMap';

const TENANT = new AddedKeys([TENANT_KEY]);

/** What is added to the resources of a tenant's requests; nothing for the default one. */
export const tenantLabel = (tenant: string): Added | undefined =>
  tenant === 'default' ? undefined : { keys: TENANT, texts: [tenant] };
