import { useComputedColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useInstructions } from '../instructions-context.js';
import { loadAgain } from '../../app/load-again.js';
import classes from './diagram.module.css';
import figure from './figure.module.css';
import picture from './picture.module.css';
import { Zoomable } from './zoomable.js';

/** A Mermaid diagram, drawn in the browser and shown as a picture: in a picture no script runs and nothing is loaded. */
export function Diagram({ source, title }: { source: string; title: string | undefined }) {
  const { t } = useTranslation();
  const { printed } = useInstructions();
  const scheme = useComputedColorScheme('light');
  const dark = scheme === 'dark' && !printed;
  const { data, error } = useQuery({
    queryKey: ['diagram', source, dark],
    queryFn: async () => (await loadAgain(() => import('./draw-diagram.js'))).drawDiagram(source, dark),
    staleTime: Infinity,
    retry: false,
  });
  const alt = title ?? t('instructions.diagram');
  return (
    <figure className={figure.figure}>
      {data !== undefined && <Zoomable address={data} alt={alt} title={title} />}
      {data === undefined && error === null && (
        <span className={picture.pictureSpace} role="img" aria-label={alt} aria-busy="true" />
      )}
      {error !== null && <p className={picture.lost}>{t('instructions.noDiagram')}</p>}
      {title !== undefined && <figcaption>{title}</figcaption>}
      {(!printed || error !== null) && (
        <details className={classes.source} open={error !== null}>
          <summary>{t('instructions.asText')}</summary>
          <pre>{source}</pre>
        </details>
      )}
    </figure>
  );
}
