import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** One part of the profile. */
export function Section({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  return (
    <Stack component="section" gap="md" p="lg" className="panel">
      <div>
        <Title order={2}>{title}</Title>
        {lead !== undefined && (
          <Text size="sm" c="dimmed">
            {lead}
          </Text>
        )}
      </div>
      {children}
    </Stack>
  );
}
