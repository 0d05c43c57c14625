import type { PageBlock } from '@lab-orchestrator/contracts';
import { Button } from '@mantine/core';
import { IconCheck, IconClipboardText, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFlash } from '../../consoles/use-flash.js';
import { notifyDone } from '../../ui/notify.js';
import { useInstructions } from '../instructions-context.js';
import classes from './command.module.css';
import { textOf } from '../model/template-text.js';
import { sayFailure } from './say-failure.js';
import { Template } from './template.js';
import { useTarget } from './use-target.js';

type Copy = Extract<PageBlock, { type: 'copy' }>;

/** A text to take along: to this computer's clipboard, or to a system. */
export const CopyBlock = ({ copy }: { copy: Copy }) =>
  copy.system === undefined ? <CopyHere copy={copy} /> : <CopyThere copy={copy} system={copy.system} />;

function CopyHere({ copy }: { copy: Copy }) {
  const { t } = useTranslation();
  const { announce } = useInstructions();
  const [copied, flashCopied] = useFlash(2_500);
  const line = textOf(copy.text);
  const run = async () => {
    if ('missing' in line) return;
    try {
      await navigator.clipboard.writeText(line.text);
    } catch {
      notifyDone(t('instructions.copy.refused'));
      return;
    }
    flashCopied();
    announce(t('app.action.copied'));
  };
  return (
    <Frame copy={copy}>
      <Button
        size="xs"
        variant="default"
        disabled={'missing' in line}
        leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
        onClick={() => void run()}
      >
        {copied ? t('app.action.copied') : t('app.action.copy')}
      </Button>
    </Frame>
  );
}

function CopyThere({ copy, system }: { copy: Copy; system: string }) {
  const { t } = useTranslation();
  const { consoles, announce } = useInstructions();
  const { tab, obstacle } = useTarget(system);
  const [busy, setBusy] = useState(false);
  const [given, flashGiven] = useFlash(2_500);
  const line = textOf(copy.text);
  const title = tab?.title ?? system;
  const desktop = tab?.kind === 'desktop';
  const run = async () => {
    if (tab === undefined || 'missing' in line) return;
    setBusy(true);
    const outcome = await consoles.give(tab.id, line.text);
    setBusy(false);
    sayFailure(outcome, title, t);
    if (outcome !== 'done') return;
    flashGiven();
    announce(t(desktop ? 'instructions.copy.onClipboard' : 'instructions.copy.pasted', { title }));
  };
  return (
    <Frame copy={copy} note={obstacle}>
      <Button
        size="xs"
        variant="default"
        loading={busy}
        disabled={obstacle !== undefined || 'missing' in line}
        leftSection={given ? <IconCheck size={16} /> : <IconClipboardText size={16} />}
        onClick={() => void run()}
      >
        {t(desktop ? 'instructions.copy.toClipboard' : 'instructions.copy.paste', { title })}
      </Button>
    </Frame>
  );
}

interface FrameProps {
  copy: Copy;
  note?: string | undefined;
  children: React.ReactNode;
}

const Frame = ({ copy, note, children }: FrameProps) => (
  <div className={classes.copy}>
    {copy.label !== undefined && <p className={classes.commandLabel}>{copy.label}</p>}
    <div className={classes.copyRow}>
      <code>
        <Template parts={copy.text} />
      </code>
      {children}
    </div>
    {note !== undefined && <p className={classes.commandTarget}>{note}</p>}
  </div>
);
