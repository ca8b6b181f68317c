import { createBoundedLabel } from '../boundedLabel';
import type { Instruments } from '../instruments';

export interface TenantLimited {
  readonly protocol: string;
  readonly tenant: string;
  /** The configuration key of the limit. */
  readonly limit: string;
}

export interface HandshakeFailed {
  readonly protocol: string;
  readonly reason: string;
}

export interface CertificateLoaded {
  readonly protocol: string;
  readonly notAfterMs: number;
  readonly renewed: boolean;
}

export interface CertificateNotRenewed {
  readonly protocol: string;
  readonly reason: string;
}

/** Certificates of the receivers, and connections that do not get past them. */
const createTlsEvents = (instruments: Instruments) => {
  const failed = instruments.counter(
    'plumbline_tls_handshakes_failed_total',
    'Connections that ended before they were encrypted, by error code.',
    ['protocol', 'reason'],
  );
  const notAfter = instruments.gauge(
    'plumbline_tls_certificate_not_after_seconds',
    'When the certificate in use ends, Unix time.',
    ['protocol'],
  );
  const notRenewed = instruments.counter(
    'plumbline_tls_certificate_reloads_failed_total',
    'Looks at the files of a certificate that could not be used; the one before stayed in use.',
    ['protocol'],
  );
  const bounded = createBoundedLabel(50);
  return {
    handshakeFailed: ({ protocol, reason }: HandshakeFailed): void => {
      failed.inc({ protocol, reason: bounded(reason) });
      const fields = { protocol, reason, count: 1 };
      const key = `${protocol}\n${reason}`;
      instruments.logLimited('warn', 'handshakeFailed', key, fields, 'a TLS handshake failed');
    },
    certificateLoaded: ({ protocol, notAfterMs, renewed }: CertificateLoaded): void => {
      notAfter.set({ protocol }, notAfterMs / 1000);
      const fields = { protocol, renewed, notAfter: new Date(notAfterMs).toISOString() };
      const message = renewed ? 'renewed a certificate' : 'loaded a certificate';
      instruments.log('info', 'certificateLoaded', fields, message);
    },
    certificateNotRenewed: ({ protocol, reason }: CertificateNotRenewed): void => {
      notRenewed.inc({ protocol });
      const fields = { protocol, reason };
      const message = 'a changed certificate cannot be used; the one before stays';
      instruments.logLimited('error', 'certificateNotRenewed', protocol, fields, message);
    },
  };
};

/** Who may send, and how much. */
export const createSecurityEvents = (instruments: Instruments) => {
  const limited = instruments.counter(
    'plumbline_tenant_limited_total',
    'Requests told to come back later because their tenant sends faster than it may.',
    ['tenant', 'reason'],
  );
  return {
    ...createTlsEvents(instruments),
    tenantLimited: ({ protocol, tenant, limit }: TenantLimited): void => {
      limited.inc({ tenant, reason: limit });
      const fields = { protocol, tenant, limit, count: 1 };
      const key = `${tenant}\n${limit}`;
      instruments.logLimited('warn', 'tenantLimited', key, fields, 'a tenant is over its limit');
    },
  };
};
