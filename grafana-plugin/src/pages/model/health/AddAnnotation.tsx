import { Button } from '@grafana/ui';
import { useState } from 'react';
import { useSceneRange } from '../../../scenes/sceneRange';
import { canWriteRegistry } from '../../../shared/permissions';
import { t } from '../../../shared/t';
import { AnnotationForm } from './AnnotationForm';

/** The way to the form, for those who may; what they told is on the charts at once. */
export const AddAnnotation = () => {
  const { refresh } = useSceneRange();
  const [isOpen, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
  };
  if (!canWriteRegistry()) return null;
  return (
    <>
      <Button
        variant="secondary"
        size="sm"
        icon="comment-alt"
        onClick={() => {
          setOpen(true);
        }}
      >
        {t('health.annotation.submit', 'Add annotation')}
      </Button>
      {isOpen && (
        <AnnotationForm
          onClose={close}
          onDone={() => {
            close();
            refresh();
          }}
        />
      )}
    </>
  );
};
