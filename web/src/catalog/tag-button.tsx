import { UnstyledButton } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import classes from './catalog.module.css';

/** A topic; a click shows only labs about it, or all again. */
export function TagButton({ tag, onClick, active = false }: { tag: string; onClick: () => void; active?: boolean }) {
  return (
    <UnstyledButton className={classes.tag} onClick={onClick} aria-pressed={active}>
      {tag}
      {active && <IconX size={12} aria-hidden />}
    </UnstyledButton>
  );
}
