import { SegmentedControl, VisuallyHidden } from '@mantine/core';
import { IconColumns2, IconLayoutGrid, IconSquare } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { useLayout } from './use-layout.js';

/** How many systems are seen at once. */
export function SplitControl({ layout }: { layout: ReturnType<typeof useLayout> }) {
  const { t } = useTranslation();
  const count = layout.layout.panes.length;
  const choose = (value: string) => layout.split(value === '4' ? 4 : value === '2' ? 2 : 1);
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('workspace.layout.label')}
      value={String(count)}
      onChange={choose}
      data={[
        { value: '1', label: <Choice icon={<IconSquare size={16} />} text={t('workspace.layout.one')} /> },
        { value: '2', label: <Choice icon={<IconColumns2 size={16} />} text={t('workspace.layout.two')} /> },
        { value: '4', label: <Choice icon={<IconLayoutGrid size={16} />} text={t('workspace.layout.four')} /> },
      ]}
    />
  );
}

function Choice({ icon, text }: { icon: React.ReactNode; text: string }) {
  return (
    <span title={text} style={{ display: 'flex' }}>
      {icon}
      <VisuallyHidden>{text}</VisuallyHidden>
    </span>
  );
}
