import { useId, useState } from 'react';

/** Where a menu belongs, and whether it is open. */
export interface MenuAt {
  id: string;
  button: HTMLElement;
  opened: boolean;
  onChange: (opened: boolean) => void;
}

/**
 * A button whose menu comes later: `<ActionIcon {...menu.button} />` and `{menu.at && <Entries at={menu.at} />}`, with an
 * `AnchoredMenu` in a file of its own. The button itself never changes, so it keeps the focus.
 */
export function useMenuButton() {
  const id = useId();
  const [button, setButton] = useState<HTMLElement | null>(null);
  const [opened, setOpened] = useState(false);
  const [used, setUsed] = useState(false);
  const at: MenuAt | undefined = used && button !== null ? { id, button, opened, onChange: setOpened } : undefined;
  return {
    at,
    button: {
      id,
      ref: setButton,
      'aria-haspopup': 'menu',
      'aria-expanded': opened,
      'aria-controls': opened ? `${id}-dropdown` : undefined,
      onClick: () => {
        setUsed(true);
        setOpened(!opened);
      },
    },
  } as const;
}
