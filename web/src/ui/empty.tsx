import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  icon: ReactNode;
  title: string;
  text?: string;
  /** It is all there is on the page, and so the page's title. */
  whole?: boolean;
  children?: ReactNode;
}

/** What to read where nothing is, and the next step. */
export function Empty({ icon, title, text, whole = false, children }: Props) {
  return (
    <Stack align="center" gap="sm" py={48} px="md" ta="center" className="panel">
      <Text c="dimmed" component="span" aria-hidden>
        {icon}
      </Text>
      <Title order={whole ? 1 : 2} size="h2">
        {title}
      </Title>
      {text !== undefined && <Text c="dimmed">{text}</Text>}
      {children}
    </Stack>
  );
}
