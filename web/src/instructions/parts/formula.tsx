import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { loadAgain } from '../../app/load-again.js';
import classes from './formula.module.css';

/** The library comes with the first formula, with its style and fonts. */
const useKatex = () =>
  useQuery({
    queryKey: ['katex'],
    queryFn: async () => {
      await import('katex/dist/katex.min.css');
      return (await loadAgain(() => import('katex'))).default;
    },
    staleTime: Infinity,
    gcTime: Infinity,
  }).data;

/** What a formula may cost: authors are strangers. */
const limits = { trust: false, throwOnError: false, strict: 'ignore', maxExpand: 500, maxSize: 20 } as const;
const MAX_LENGTH = 4_000;

function useFormula(tex: string, displayMode: boolean) {
  const katex = useKatex();
  const target = useRef<HTMLElement>(null);
  useEffect(() => {
    if (katex === undefined || target.current === null || tex.length > MAX_LENGTH) return;
    katex.render(tex, target.current, { ...limits, displayMode });
  }, [katex, tex, displayMode]);
  return target;
}

export function FormulaInline({ tex }: { tex: string }) {
  const target = useFormula(tex, false);
  return (
    <span ref={target} key={tex} className={classes.formula}>
      {tex}
    </span>
  );
}

export function FormulaBlock({ tex }: { tex: string }) {
  const target = useFormula(tex, true);
  return (
    <figure className={classes.formulaBlock}>
      <span ref={target} key={tex}>
        {tex}
      </span>
    </figure>
  );
}
