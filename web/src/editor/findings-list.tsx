import type { Diagnostic } from '@lab-orchestrator/contracts';
import { Button, UnstyledButton } from '@mantine/core';
import {
  IconAlertTriangle,
  IconChevronDown,
  IconChevronUp,
  IconCircleCheck,
  IconInfoCircle,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Status } from '../ui/status.js';
import type { LiveCheck } from './check/use-checked.js';
import { quickFix } from './code/quick-fix.js';
import classes from './editor.module.css';

interface Props {
  live: LiveCheck;
  /** The image list is not known, so its names were not checked. */
  withoutImages: boolean;
  onOpen: (finding: Diagnostic) => void;
  onFix: (finding: Diagnostic) => void;
}

const placeOf = ({ file, line, column }: Diagnostic) =>
  [file, line, column].filter((part) => part !== undefined).join(':');

/** All that is wrong with the lab, each finding with a way to its place. */
export function FindingsList({ live, withoutImages, onOpen, onFix }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(true);
  const findings = live.diagnostics ?? [];
  const Chevron = open ? IconChevronDown : IconChevronUp;
  return (
    <section className={classes.findings} data-open={open} aria-label={t('editor.problems.label')}>
      <UnstyledButton
        className={classes.findingsHead}
        aria-expanded={open}
        title={t(open ? 'editor.problems.hide' : 'editor.problems.show')}
        onClick={() => setOpen(!open)}
      >
        <span role="status">
          <Summary live={live} />
        </span>
        <Chevron size={16} aria-hidden />
      </UnstyledButton>
      {withoutImages && <p className={classes.note}>{t('editor.problems.noImages')}</p>}
      {open && findings.length > 0 && (
        <ul className={classes.findingsList}>
          {findings.map((finding, index) => (
            <Finding key={`${String(index)} ${placeOf(finding)}`} finding={finding} onOpen={onOpen} onFix={onFix} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Summary({ live: { diagnostics, failed } }: { live: LiveCheck }) {
  const { t } = useTranslation();
  if (failed) return <Status tone="bad" icon={IconAlertTriangle} word={t('editor.problems.failed')} />;
  if (diagnostics === undefined) return <span>{t('editor.problems.checking')}</span>;
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const hints = diagnostics.length - errors;
  if (diagnostics.length === 0) return <Status tone="ready" icon={IconCircleCheck} word={t('editor.problems.none')} />;
  const words = [
    ...(errors > 0 ? [t('editor.problems.errors', { count: errors })] : []),
    ...(hints > 0 ? [t('editor.problems.hints', { count: hints })] : []),
  ].join(', ');
  return errors > 0 ? (
    <Status tone="bad" icon={IconAlertTriangle} word={words} />
  ) : (
    <Status tone="warn" icon={IconInfoCircle} word={words} />
  );
}

function Finding({ finding, onOpen, onFix }: { finding: Diagnostic } & Pick<Props, 'onOpen' | 'onFix'>) {
  const { t } = useTranslation();
  const { severity, message } = finding;
  const fix = quickFix(message);
  const Glyph = severity === 'error' ? IconAlertTriangle : IconInfoCircle;
  return (
    <li>
      <UnstyledButton className={classes.finding} data-severity={severity} onClick={() => onOpen(finding)}>
        <Glyph size={16} aria-hidden />
        <span className="visually-hidden">
          {t(severity === 'error' ? 'authoring.import.error' : 'authoring.import.warning')}:
        </span>
        <code>{placeOf(finding)}</code>
        <span>{message}</span>
      </UnstyledButton>
      {fix !== undefined && finding.line !== undefined && (
        <Button size="compact-xs" variant="default" onClick={() => onFix(finding)}>
          {t('editor.code.useInstead', { text: fix.instead })}
        </Button>
      )}
    </li>
  );
}
