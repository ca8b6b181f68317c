import {
  FilterInput,
  FilterPill,
  InlineLabel,
  MultiCombobox,
  RadioButtonGroup,
  Stack,
} from '@grafana/ui';
import { formatCount } from '../../shared/format';
import { TONES } from '../../shared/status';
import { t } from '../../shared/t';
import { groupText, noneText, toneText } from './fleetTexts';
import {
  type FleetItem,
  type FleetState,
  type Group,
  GROUPS,
  joinChoices,
  splitChoices,
  valuesOf,
} from './fleetView';

interface Props {
  readonly items: readonly FleetItem[];
  readonly state: FleetState;
  readonly onChange: (change: Partial<FleetState>) => void;
}

/** Sideways within itself: Grafana's group of buttons would cut its words off where the screen is narrow. */
const SCROLLS = { maxWidth: '100%', overflowX: 'auto' } as const;

const Grouping = ({ group, onChange }: { group: string; onChange: (group: string) => void }) => {
  const groups: { label: string; value: string }[] = [
    { label: noneText(), value: '' },
    ...GROUPS.map((one: Group) => ({ label: groupText(one), value: one })),
  ];
  return (
    <div style={SCROLLS}>
      <div style={{ display: 'flex', width: 'max-content' }}>
        <InlineLabel width="auto" aria-hidden>
          {t('fleet.groupBy', 'Group by')}
        </InlineLabel>
        <RadioButtonGroup
          size="md"
          options={groups}
          value={group}
          aria-label={t('fleet.groupBy', 'Group by')}
          onChange={onChange}
        />
      </div>
    </div>
  );
};

/** How many models are how urgent; a click shows only those. */
const TonePills = ({ items, state, onChange }: Props) => {
  const chosen = splitChoices(state.tone);
  return (
    <Stack wrap="wrap" gap={1}>
      {TONES.map((tone) => (
        <FilterPill
          key={tone}
          label={`${toneText(tone)}: ${formatCount(
            items.filter(({ attention }) => attention.tone === tone).length,
          )}`}
          selected={chosen.includes(tone)}
          onClick={() => {
            const others = chosen.filter((one) => one !== tone);
            onChange({
              tone: joinChoices(others.length < chosen.length ? others : [...chosen, tone]),
            });
          }}
        />
      ))}
    </Stack>
  );
};

/** Search, how urgent, filters by column, and grouping. */
export const FleetFilters = ({ items, state, onChange }: Props) => {
  // Any change of what is listed goes back to the first page.
  const change = (part: Partial<FleetState>) => {
    onChange({ ...part, page: '1' });
  };
  return (
    <Stack direction="column" gap={1}>
      <TonePills items={items} state={state} onChange={change} />
      <Stack wrap="wrap" gap={1} alignItems="center">
        <FilterInput
          width={40}
          value={state.search}
          aria-label={t('fleet.search', 'Search models, versions, owners, teams')}
          placeholder={t('fleet.search', 'Search models, versions, owners, teams')}
          onChange={(search) => {
            change({ search });
          }}
        />
        {GROUPS.map((column) => (
          <MultiCombobox
            key={column}
            width="auto"
            minWidth={20}
            maxWidth={50}
            aria-label={groupText(column)}
            placeholder={groupText(column)}
            options={valuesOf(items, column).map((value) => ({
              value,
              label: value === '' ? noneText() : value,
            }))}
            value={[...splitChoices(state[column])]}
            onChange={(options) => {
              change({ [column]: joinChoices(options.map(({ value }) => value)) });
            }}
          />
        ))}
        <Grouping
          group={state.group}
          onChange={(group) => {
            change({ group });
          }}
        />
      </Stack>
    </Stack>
  );
};
