import { useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-router-dom-v5-compat';
import { hostPage } from './bootedPage';
import { pageStyles } from './pageStyles';

const isWithin = (pathname: string, path: string): boolean =>
  pathname === path || pathname.startsWith(`${path}/`);

/** Around the app: the pages that Grafana's menu would show, and what this is. */
export function Frame({ children }: { readonly children: ReactNode }) {
  const styles = useStyles2(pageStyles);
  const { pathname } = useLocation();
  const { notice, pages } = hostPage;
  return (
    <>
      {notice !== undefined && (
        <div role="note" className={styles.notice}>
          {notice}
        </div>
      )}
      <nav aria-label="Pages" className={`${styles.bar} ${styles.links}`}>
        {pages.map(({ name, path }) => (
          <Link key={path} to={path} {...(isWithin(pathname, path) && { 'aria-current': 'page' })}>
            {name}
          </Link>
        ))}
      </nav>
      {children}
    </>
  );
}
