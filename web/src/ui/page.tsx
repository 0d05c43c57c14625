import { Group, Text, Title } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './page.module.css';

interface Props {
  /** Empty: the content brings its own. */
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  /** `wide` for the dense tables of staff. */
  width?: 'narrow' | 'normal' | 'wide';
  children: ReactNode;
}

/** A page with its one heading. After a change of page the heading takes the focus, so that screen readers hear where they are. */
export function Page({ title, lead, actions, width = 'normal', children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useDocumentTitle(title);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <div className={classes.page} data-width={width}>
      <Group justify="space-between" align="flex-end" gap="md" className={classes.head}>
        <div>
          {title !== '' && (
            <Title order={1} ref={heading} tabIndex={-1}>
              {title}
            </Title>
          )}
          {lead !== undefined && <Text c="dimmed">{lead}</Text>}
        </div>
        {actions !== undefined && <Group gap="sm">{actions}</Group>}
      </Group>
      {children}
    </div>
  );
}

export function useDocumentTitle(title: string): void {
  const { t } = useTranslation();
  useEffect(() => {
    if (title !== '') document.title = `${title} · ${t('app.product')}`;
  }, [title, t]);
}
