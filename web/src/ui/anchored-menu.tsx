import { Menu, type MenuProps } from '@mantine/core';
import { useEffect, useImperativeHandle, useState, type ReactNode, type Ref } from 'react';
import type { MenuAt } from './use-menu-button.js';

interface Props extends Pick<MenuProps, 'width'> {
  at: MenuAt;
  children: ReactNode;
}

/** The menu of a button that is on the page already; see `useMenuButton`. */
export function AnchoredMenu({ at: { id, button, opened, onChange }, width, children }: Props) {
  // Only what opens while it is there gives the focus back when it closes.
  const [ready, setReady] = useState(false);
  // oxlint-disable-next-line react/set-state-in-effect -- see above
  useEffect(() => setReady(true), []);
  return (
    <Menu id={id} opened={opened && ready} onChange={onChange} position="bottom-end" width={width}>
      <Menu.Target>
        <Anchor element={button} />
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}

/** Stands for the button, by which the menu finds its place. */
function Anchor({ element, ref }: { element: HTMLElement; ref?: Ref<HTMLElement> }) {
  useImperativeHandle(ref, () => element, [element]);
  return null;
}
