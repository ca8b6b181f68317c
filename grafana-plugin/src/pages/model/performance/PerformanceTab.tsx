import { EmptyData } from '../../../states/EmptyData';

const PerformanceTab = () => <EmptyData />;

export default PerformanceTab;
