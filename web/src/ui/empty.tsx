import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  icon: ReactNode;
  title: string;
  text?: string;
  children?: ReactNode;
}

/** What to read where nothing is, and the next step. */
export function Empty({ icon, title, text, children }: Props) {
  return (
    <Stack align="center" gap="sm" py={48} px="md" ta="center" className="panel">
      <Text c="dimmed" component="span" aria-hidden>
        {icon}
      </Text>
      <Title order={2}>{title}</Title>
      {text !== undefined && <Text c="dimmed">{text}</Text>}
      {children}
    </Stack>
  );
}
