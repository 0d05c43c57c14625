import { ActionIcon, CopyButton, Group, Text, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

interface Props {
  text: string;
  /** What the button does: “Copy the request id”. */
  label: string;
  /** Shown instead of the text. */
  shown?: string;
}

/** A text in monospace with a button that copies it. */
export function CopyText({ text, label, shown }: Props) {
  return (
    <Group gap="xs" wrap="nowrap" miw={0}>
      <Text component="code" ff="monospace" size="xs" style={{ overflowWrap: 'anywhere' }}>
        {shown ?? text}
      </Text>
      <CopyIcon text={text} label={label} />
    </Group>
  );
}

export function CopyIcon({ text, label }: { text: string; label: string }) {
  const { t } = useTranslation();
  return (
    <CopyButton value={text} timeout={2_000}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? t('app.action.copied') : label}>
          <ActionIcon size="md" onClick={copy} aria-label={copied ? t('app.action.copied') : label}>
            {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}
