import type { Capacity } from '@lab-orchestrator/contracts';
import { Progress, SimpleGrid, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconCheck, IconMinus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.js';
import { keys } from '../api/keys.js';
import { formatBytes, formatNumber } from '../i18n/format.js';
import { DataTable } from '../ui/data-table.js';
import { QueryView } from '../ui/query-view.js';
import classes from './operation.module.css';

const features = [
  'vms',
  'kvm',
  'forwarding',
  'internet',
  'userNamespaces',
  'snapshots',
  'freezesContainers',
  'kubernetesObjects',
] as const;

export function CapacityView() {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: keys.capacity(), queryFn: ({ signal }) => call('getCapacity', { signal }) });
  return (
    <section>
      <Title order={2} mb="sm">
        {t('operation.capacity')}
      </Title>
      <QueryView query={query} skeleton={<Skeleton h={110} />}>
        {(capacity) => (
          <Stack gap="md">
            <SimpleGrid cols={{ base: 1, sm: 3 }}>
              <Meter title={t('operation.processors')} {...capacity.cpus} format={(value) => formatNumber(value)} />
              <Meter title={t('operation.memory')} {...capacity.memoryBytes} format={formatBytes} />
              {capacity.diskBytes && <Meter title={t('operation.disk')} {...capacity.diskBytes} format={formatBytes} />}
            </SimpleGrid>
            {capacity.nodes.length > 1 && <Nodes nodes={capacity.nodes} />}
            <Features capacity={capacity} />
          </Stack>
        )}
      </QueryView>
    </section>
  );
}

interface MeterProps {
  title: string;
  total: number;
  free: number;
  format: (value: number) => string;
}

function Meter({ title, total, free, format }: MeterProps) {
  const { t } = useTranslation();
  const used = total === 0 ? 0 : ((total - free) / total) * 100;
  return (
    <Stack gap="xs" p="md" className="panel">
      <Text fw={600}>{title}</Text>
      <Progress value={used} color={used > 90 ? 'red.8' : undefined} aria-label={title} />
      <Text size="sm" c="dimmed" className="tabular">
        {t('operation.freeOf', { free: format(free), total: format(total) })}
      </Text>
    </Stack>
  );
}

function Features({ capacity }: { capacity: Capacity }) {
  const { t } = useTranslation();
  return (
    <div>
      <Text size="sm" fw={600}>
        {t('operation.features')}
      </Text>
      <ul className={classes.features}>
        {features.map((feature) => {
          const has = capacity.features[feature] ?? false;
          return (
            <li key={feature} data-has={has}>
              {has ? <IconCheck size={16} aria-hidden /> : <IconMinus size={16} aria-hidden />}
              {t(`operation.feature.${feature}`)}: {t(has ? 'operation.yes' : 'operation.no')}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function Nodes({ nodes }: { nodes: Capacity['nodes'] }) {
  const { t } = useTranslation();
  return (
    <DataTable
      label={t('operation.nodes')}
      rows={nodes}
      rowKey={({ name }) => name}
      columns={[
        { key: 'name', title: t('operation.node'), cell: ({ name }) => <code>{name}</code> },
        {
          key: 'cpus',
          title: t('operation.processors'),
          align: 'right',
          cell: ({ cpusFree }) => formatNumber(cpusFree),
        },
        {
          key: 'memory',
          title: t('operation.memory'),
          align: 'right',
          cell: ({ memoryFreeBytes }) => formatBytes(memoryFreeBytes),
        },
      ]}
    />
  );
}
