import type { PageTemplate, PageVariable } from '@lab-orchestrator/contracts';
import { useTranslation } from 'react-i18next';
import classes from './template.module.css';

/** Text with variables; only those without a value are left in it. */
export const Template = ({ parts }: { parts: PageTemplate }) =>
  parts.map((part, index) => (part.type === 'text' ? part.value : <Variable key={String(index)} variable={part} />));

/** Stands where a value is missing, and says why. */
export function Variable({ variable: { name, problem } }: { variable: PageVariable }) {
  const { t } = useTranslation();
  const why = t(problem === 'unsafe' ? 'instructions.variable.unsafe' : 'instructions.variable.unset', { name });
  return (
    <span className={classes.missing} title={why}>
      {`{{ ${name} }}`}
      <span className="visually-hidden"> ({why})</span>
    </span>
  );
}
