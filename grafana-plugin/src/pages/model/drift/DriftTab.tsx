import { EmptyData } from '../../../states/EmptyData';

const DriftTab = () => <EmptyData />;

export default DriftTab;
