import type { PageBlock } from '@lab-orchestrator/contracts';
import { useTranslation } from 'react-i18next';
import classes from './table.module.css';
import { Inlines } from './inlines.js';

/** Wide tables scroll in their own frame, by keyboard too. */
export function Table({ table: { align, header, rows } }: { table: Extract<PageBlock, { type: 'table' }> }) {
  const { t } = useTranslation();
  const style = (column: number) => ({ textAlign: align[column] ?? undefined });
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls
    <div className={classes.tableFrame} tabIndex={0} role="region" aria-label={t('instructions.table')}>
      <table className={classes.table}>
        <thead>
          <tr>
            {header.map((cell, column) => (
              <th key={String(column)} scope="col" style={style(column)}>
                <Inlines nodes={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={String(index)}>
              {row.map((cell, column) => (
                <td key={String(column)} style={style(column)}>
                  <Inlines nodes={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
