import { css } from '@emotion/css';
import { Combobox, type ComboboxOption, useStyles2 } from '@grafana/ui';

interface Props {
  readonly id: string;
  /** What is chosen, for those who cannot see where it stands. */
  readonly label: string;
  readonly options: ComboboxOption[];
  readonly value: string | null;
  readonly onChange: (option: ComboboxOption) => void;
  /** In units of 8 pixels. */
  readonly width: number | 'auto';
  /** Needed where the width is `auto`. */
  readonly minWidth?: number;
}

/** A Combobox outside a field. That of Grafana 12 leaves `aria-label` out, so that its name is a label that nobody sees. */
export const LabelledCombobox = ({ id, label, width, minWidth = 20, ...others }: Props) => {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.around}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      {width === 'auto' ? (
        <Combobox id={id} width="auto" minWidth={minWidth} {...others} />
      ) : (
        <Combobox id={id} width={width} {...others} />
      )}
    </div>
  );
};

const getStyles = () => ({
  around: css({ position: 'relative' }),
  label: css({
    position: 'absolute',
    width: 1,
    height: 1,
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
  }),
});
