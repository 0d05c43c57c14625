import { MantineProvider, Menu } from '@mantine/core';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import { AnchoredMenu } from './anchored-menu.js';
import { later } from './later.js';
import { useMenuButton, type MenuAt } from './use-menu-button.js';

const Entries = ({ at, onPick }: { at: MenuAt; onPick: () => void }) => (
  <AnchoredMenu at={at}>
    <Menu.Item onClick={onPick}>First</Menu.Item>
    <Menu.Item>Second</Menu.Item>
  </AnchoredMenu>
);

function Page({ onPick, Late }: { onPick: () => void; Late: (props: Parameters<typeof Entries>[0]) => ReactNode }) {
  const menu = useMenuButton();
  return (
    <MantineProvider env="test">
      <button type="button" {...menu.button}>
        More
      </button>
      {menu.at && <Late at={menu.at} onPick={onPick} />}
    </MantineProvider>
  );
}

describe('a menu that comes later', () => {
  it('opens below its button, is named by it, and gives the focus back', async () => {
    let picked = 0;
    render(<Page onPick={() => (picked += 1)} Late={later(() => Promise.resolve(Entries))} />);
    const button = screen.getByRole('button', { name: 'More' });
    expect(button.getAttribute('aria-expanded')).toBe('false');
    button.focus();
    fireEvent.click(button);
    const list = await screen.findByRole('menu', { name: 'More' });
    expect(button.getAttribute('aria-controls')).toBe(list.id);
    expect(button.getAttribute('aria-expanded')).toBe('true');
    await waitFor(() => expect(list.contains(document.activeElement)).toBe(true));

    fireEvent.keyDown(list, { key: 'Escape' });
    await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
    await waitFor(() => expect(document.activeElement).toBe(button));

    fireEvent.click(button);
    fireEvent.click(await screen.findByRole('menuitem', { name: 'First' }));
    expect(picked).toBe(1);
    await waitFor(() => expect(button.getAttribute('aria-expanded')).toBe('false'));
  });

  it('closes by its button', async () => {
    render(<Page onPick={() => undefined} Late={later(() => Promise.resolve(Entries))} />);
    const button = screen.getByRole('button', { name: 'More' });
    fireEvent.click(button);
    await screen.findByRole('menu');
    fireEvent.mouseDown(button);
    fireEvent.click(button);
    await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
  });
});
