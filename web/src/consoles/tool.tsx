import { ActionIcon, Tooltip } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { MouseEvent } from 'react';

interface Props {
  icon: Icon;
  label: string;
  onClick: (event: MouseEvent<HTMLButtonElement>) => void;
  /** For tools that are on or off. */
  pressed?: boolean;
  disabled?: boolean;
}

/** One tool of a console's toolbar. */
export function Tool({ icon: Glyph, label, onClick, pressed, disabled }: Props) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        size="md"
        onClick={onClick}
        aria-label={label}
        aria-pressed={pressed}
        variant={pressed === true ? 'light' : 'subtle'}
        disabled={disabled}
      >
        <Glyph size={16} />
      </ActionIcon>
    </Tooltip>
  );
}
