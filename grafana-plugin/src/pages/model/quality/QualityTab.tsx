import { EmptyData } from '../../../states/EmptyData';

const QualityTab = () => <EmptyData />;

export default QualityTab;
