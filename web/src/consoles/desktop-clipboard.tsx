import type RFB from '@novnc/novnc';
import { Button, CloseButton, Group, Stack, Text, Textarea } from '@mantine/core';
import { useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyIcon } from '../ui/copy-text.js';
import classes from './consoles.module.css';
import { typeText } from './type-text.js';

interface Props {
  rfb: RefObject<RFB | undefined>;
  /** What the desktop put on its clipboard last. */
  received: string;
  onClose: () => void;
}

/** Text between this computer and the desktop. Typing it works even where nothing shares a clipboard. */
export function DesktopClipboard({ rfb, received, onClose }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [typing, setTyping] = useState(false);
  const type = async () => {
    if (rfb.current === undefined) return;
    setTyping(true);
    await typeText(rfb.current, text);
    setTyping(false);
  };
  return (
    <section className={classes.clipboard} aria-label={t('consoles.desktop.clipboard')}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Text fw={600}>{t('consoles.desktop.clipboard')}</Text>
          <CloseButton onClick={onClose} aria-label={t('app.action.close')} />
        </Group>
        <Textarea
          label={t('consoles.desktop.clipboardText')}
          description={t('consoles.desktop.typeHint')}
          value={text}
          onChange={({ currentTarget: { value } }) => setText(value)}
          minRows={3}
          autosize
          maxRows={8}
          autoFocus
        />
        <Group gap="sm">
          <Button loading={typing} disabled={text === ''} onClick={() => void type()}>
            {t('consoles.desktop.type')}
          </Button>
          <Button variant="default" disabled={text === ''} onClick={() => rfb.current?.clipboardPasteFrom(text)}>
            {t('consoles.desktop.send')}
          </Button>
        </Group>
        {received !== '' && (
          <div>
            <Group gap="xs" justify="space-between">
              <Text size="sm" fw={600}>
                {t('consoles.desktop.clipboardFrom')}
              </Text>
              <CopyIcon text={received} label={t('app.action.copy')} />
            </Group>
            <Text size="sm" ff="monospace" lineClamp={6} style={{ overflowWrap: 'anywhere' }}>
              {received}
            </Text>
          </div>
        )}
      </Stack>
    </section>
  );
}
