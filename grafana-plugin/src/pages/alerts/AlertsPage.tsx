import { Navigate, Route, Routes } from 'react-router-dom';
import { pageUrl } from '../../shared/links';
import { EditRulePage } from './EditRulePage';
import { NewRulePage } from './NewRulePage';
import { RulesPage } from './RulesPage';

/** Alert rules of this app: the list, a new one, and the form of one. */
const AlertsPage = () => (
  <Routes>
    <Route index element={<RulesPage />} />
    <Route path="new" element={<NewRulePage />} />
    <Route path="edit" element={<EditRulePage />} />
    <Route path="*" element={<Navigate replace to={pageUrl('alerts')} />} />
  </Routes>
);

export default AlertsPage;
