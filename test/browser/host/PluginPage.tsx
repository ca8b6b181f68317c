import type { NavModelItem } from '@grafana/data';
import type { PluginPageProps } from '@grafana/runtime';
import { useStyles2 } from '@grafana/ui';
import { useLocation } from 'react-router-dom-v5-compat';
import { hostPage } from './bootedPage';
import { pageStyles } from './pageStyles';

const urlOf = ({ url }: NavModelItem): string => url ?? '';

function Tabs({ items }: { readonly items: readonly NavModelItem[] }) {
  const styles = useStyles2(pageStyles);
  return (
    <nav aria-label="Tabs" className={styles.tabs}>
      {items.map((item) => (
        <a
          key={item.text}
          href={urlOf(item)}
          {...(item.active === true && { 'aria-current': 'page' })}
        >
          {item.text}
        </a>
      ))}
    </nav>
  );
}

/** In place of Grafana's page frame: title, actions, tabs and what the plugin shows. */
export function PluginPage({
  children,
  pageNav,
  actions,
  subTitle,
  info,
  renderTitle,
}: PluginPageProps) {
  const styles = useStyles2(pageStyles);
  const { pathname } = useLocation();
  const title =
    pageNav?.text ?? hostPage.pages.find(({ path }) => pathname.startsWith(path))?.name ?? '';
  const under = subTitle ?? pageNav?.subTitle;
  return (
    <main className={styles.page}>
      <header className={styles.header}>
        <div>
          {renderTitle?.(title) ?? <h1>{title}</h1>}
          {under !== undefined && <div className={styles.subTitle}>{under}</div>}
        </div>
        {info?.map(({ label, value }) => (
          <span key={label}>
            {label}: {value}
          </span>
        ))}
        <div className={styles.actions}>{actions}</div>
      </header>
      {pageNav?.children !== undefined && pageNav.children.length > 0 && (
        <Tabs items={pageNav.children} />
      )}
      {children}
    </main>
  );
}
