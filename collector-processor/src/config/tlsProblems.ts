import { readTlsIdentity, type TlsFiles } from '../core/tlsIdentity';

/** The part of a configuration that names certificate files. */
interface Receivers {
  readonly receive: {
    readonly grpc: { readonly tls: TlsFiles | null };
    readonly http: { readonly tls: TlsFiles | null };
  };
}

/** What is wrong with the certificate files that a configuration names, each with its key and file. */
export const tlsProblems = (
  { receive }: Receivers,
  readFile: (path: string) => string,
): readonly string[] =>
  (['grpc', 'http'] as const).flatMap((name) => {
    const { tls } = receive[name];
    const read = tls === null ? undefined : readTlsIdentity(tls, readFile);
    return read?.status === 'invalid'
      ? read.problems.map((problem) => `receive.${name}.tls.${problem}`)
      : [];
  });
