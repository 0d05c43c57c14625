import { ActionIcon, TextInput } from '@mantine/core';
import { SearchAddon } from '@xterm/addon-search';
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './consoles.module.css';
import type { TerminalView } from './terminal-view.js';

const decorations = {
  matchOverviewRuler: '#f0c674',
  activeMatchColorOverviewRuler: '#8ee3d6',
  matchBackground: '#5a4a1c',
  activeMatchBackground: '#24615a',
};

/** Find in the terminal, with Enter and Shift-Enter. */
export function TerminalSearch({ view, onClose }: { view: RefObject<TerminalView | undefined>; onClose: () => void }) {
  const { t } = useTranslation();
  const [term, setTerm] = useState('');
  const search = useRef<SearchAddon>(undefined);
  useEffect(() => {
    const addon = new SearchAddon();
    view.current?.terminal.loadAddon(addon);
    search.current = addon;
    return () => addon.dispose();
  }, [view]);
  const next = () => search.current?.findNext(term, { decorations });
  const previous = () => search.current?.findPrevious(term, { decorations });
  const close = () => {
    search.current?.clearDecorations();
    onClose();
    view.current?.terminal.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close();
    if (event.key === 'Enter') (event.shiftKey ? previous : next)();
  };
  return (
    <div className={classes.search} role="search">
      <TextInput
        size="xs"
        autoFocus
        value={term}
        aria-label={t('consoles.terminal.find')}
        placeholder={t('consoles.terminal.find')}
        onKeyDown={onKeyDown}
        onChange={({ currentTarget: { value } }) => {
          setTerm(value);
          search.current?.findNext(value, { decorations, incremental: true });
        }}
      />
      <ActionIcon size="md" onClick={previous} aria-label={t('consoles.terminal.previous')}>
        <IconArrowUp size={16} />
      </ActionIcon>
      <ActionIcon size="md" onClick={next} aria-label={t('consoles.terminal.next')}>
        <IconArrowDown size={16} />
      </ActionIcon>
      <ActionIcon size="md" onClick={close} aria-label={t('consoles.terminal.closeFind')}>
        <IconX size={16} />
      </ActionIcon>
    </div>
  );
}
