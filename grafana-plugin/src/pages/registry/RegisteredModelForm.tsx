import { DeploymentForm } from './DeploymentForm';
import { MetadataForm } from './MetadataForm';
import type { Metadata, RegistryKey } from './registryAnswers';
import { RollbackForm } from './RollbackForm';
import { StageForm } from './StageForm';

export type OpenForm =
  | { readonly form: 'version' | 'rollback' | 'deployment' }
  | { readonly form: 'metadata'; readonly before: Metadata | undefined }
  | { readonly form: 'stage'; readonly version: string; readonly stage: string };

interface Props {
  readonly open: OpenForm | undefined;
  readonly of: RegistryKey;
  /** The version that a rollback goes to; undefined: there is none. */
  readonly back: string | undefined;
  readonly versions: readonly string[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** The form over the page of a model that is open now, if any is. */
export const RegisteredModelForm = ({ open, back, versions, ...rest }: Props) => {
  switch (open?.form) {
    case undefined:
      return null;
    case 'stage':
      return <StageForm {...rest} version={open.version} stage={open.stage} />;
    case 'rollback':
      return back === undefined ? null : <RollbackForm {...rest} version={back} />;
    case 'metadata':
      return <MetadataForm {...rest} version={open.before?.version ?? ''} before={open.before} />;
    case 'version':
      return <MetadataForm {...rest} />;
    case 'deployment':
      return <DeploymentForm {...rest} versions={versions} />;
  }
};
