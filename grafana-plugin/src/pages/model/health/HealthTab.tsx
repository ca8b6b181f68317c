import { EmptyData } from '../../../states/EmptyData';

const HealthTab = () => <EmptyData />;

export default HealthTab;
