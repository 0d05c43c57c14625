import { SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './workspace.module.css';

const sides = ['instructions', 'systems', 'lab'] as const;
export type Side = (typeof sides)[number];

interface Props {
  side: Side;
  onSide: (side: Side) => void;
  parts: Record<Side, ReactNode>;
}

/** One thing at a time, where there is no room for two: the instructions first. */
export function NarrowWorkspace({ side, onSide, parts }: Props) {
  const { t } = useTranslation();
  const names = {
    instructions: t('instructions.title'),
    systems: t('workspace.consoles'),
    lab: t('workspace.lab'),
  };
  const choose = (value: string) => {
    const known = sides.find((one) => one === value);
    if (known !== undefined) onSide(known);
  };
  return (
    <>
      <SegmentedControl
        fullWidth
        radius={0}
        value={side}
        onChange={choose}
        aria-label={t('workspace.layout.label')}
        data={sides.map((value) => ({ value, label: names[value] }))}
      />
      {sides.map((one) => (
        <div key={one} className={classes.single} hidden={side !== one}>
          {parts[one]}
        </div>
      ))}
    </>
  );
}
