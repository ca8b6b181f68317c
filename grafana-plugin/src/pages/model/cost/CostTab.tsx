import { Sections } from '../../../shared/Sections';
import { CostByBucket } from './CostByBucket';
import { CostByCaller } from './CostByCaller';
import { CostForecast } from './CostForecast';
import { CostOverTime } from './CostOverTime';
import { CostSummary } from './CostSummary';
import { UnpricedModels } from './UnpricedModels';

/** What a model costs, what for, for whom, and how sure that is. */
const CostTab = () => (
  <Sections>
    <CostSummary />
    <Sections columns>
      <CostOverTime />
      <CostForecast />
    </Sections>
    <CostByBucket />
    <CostByCaller />
    <UnpricedModels />
  </Sections>
);

export default CostTab;
