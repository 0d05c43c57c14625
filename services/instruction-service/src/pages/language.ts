import type { CompiledInstructions, LanguageInstructions } from '@lab-orchestrator/contracts';

/** The one asked for, or one that differs by region only, or the lab's first. Undefined for a lab without pages. */
export function languageOf(
  { languages }: Pick<CompiledInstructions, 'languages'>,
  wanted: string | undefined,
): LanguageInstructions | undefined {
  const base = (language: string) => language.split('-')[0];
  return (
    languages.find(({ language }) => language === wanted) ??
    languages.find(({ language }) => wanted !== undefined && base(language) === base(wanted)) ??
    languages[0]
  );
}
