import type { PageBlock } from '@lab-orchestrator/contracts';
import { Loader, UnstyledButton } from '@mantine/core';
import { IconArrowRight, IconCheck, IconKeyboard, IconPlayerPlayFilled } from '@tabler/icons-react';
import { useId, useState, type MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useFlash } from '../../consoles/use-flash.js';
import { CopyIcon } from '../../ui/copy-text.js';
import { useInstructions } from '../instructions-context.js';
import classes from './command.module.css';
import { textOf } from '../model/template-text.js';
import { sayFailure } from './say-failure.js';
import { Template } from './template.js';
import { useTarget } from './use-target.js';

/** A line for a terminal: typed there by a click, once, and by nothing else. */
export function CommandBlock({ command }: { command: Extract<PageBlock, { type: 'command' }> }) {
  const { t } = useTranslation();
  const { consoles, announce, printed } = useInstructions();
  const { tab, obstacle } = useTarget(command.system, command.access);
  const [busy, setBusy] = useState(false);
  const [sent, flashSent] = useFlash(2_500);
  const reason = useId();
  const line = textOf(command.run);
  const title = tab?.title ?? command.system;
  const hindered =
    obstacle ??
    ('missing' in line
      ? t(line.missing.problem === 'unsafe' ? 'instructions.variable.unsafe' : 'instructions.variable.unset', {
          name: line.missing.name,
        })
      : undefined);

  const run = async ({ shiftKey }: MouseEvent) => {
    if (busy || hindered !== undefined || tab === undefined || 'missing' in line) return;
    setBusy(true);
    const outcome = await consoles.type(tab.id, line.text, command.enter && !shiftKey);
    setBusy(false);
    sayFailure(outcome, title, t);
    if (outcome !== 'done') return;
    flashSent();
    announce(t('instructions.command.typed', { title }));
  };
  const Glyph = sent ? IconCheck : command.enter ? IconPlayerPlayFilled : IconKeyboard;
  return (
    <div className={classes.command}>
      {command.label !== undefined && <p className={classes.commandLabel}>{command.label}</p>}
      <div className={classes.commandRow}>
        <UnstyledButton
          className={classes.commandRun}
          onClick={(event) => void run(event)}
          aria-disabled={hindered !== undefined || printed}
          aria-busy={busy}
          aria-describedby={reason}
          data-sent={sent}
          title={hindered ?? t(command.enter ? 'instructions.command.hint' : 'instructions.command.hintNoReturn')}
        >
          <span className={classes.commandIcon}>
            {busy ? <Loader size={14} color="currentColor" /> : <Glyph size={16} aria-hidden />}
          </span>
          <span className="visually-hidden">{t('instructions.command.type')} </span>
          <code>
            <Template parts={command.run} />
          </code>
        </UnstyledButton>
        {'text' in line && !printed && <CopyIcon text={line.text} label={t('instructions.command.copy')} />}
      </div>
      <p className={classes.commandTarget} id={reason}>
        <IconArrowRight size={14} aria-hidden />
        <span>
          {title}
          {hindered !== undefined && ` · ${hindered}`}
          {hindered === undefined && busy && ` · ${t('instructions.command.connecting')}`}
          {hindered === undefined && !command.enter && ` · ${t('instructions.command.noReturn')}`}
        </span>
      </p>
    </div>
  );
}
