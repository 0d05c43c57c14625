import { Checkbox, Radio, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useInstructions } from '../instructions-context.js';
import attempt from './attempt.module.css';
import classes from './quiz-fields.module.css';
import { numberIn, type Draft, type QuizNode } from '../model/quiz.js';
import { Inlines } from './inlines.js';

interface Props {
  quiz: QuizNode;
  labelledBy: string;
  draft: Draft;
  disabled: boolean;
  onDraft: (draft: Draft) => void;
}

export function QuizFields(props: Props) {
  switch (props.quiz.kind) {
    case 'single':
    case 'multiple':
      return <Choices {...props} />;
    default:
      return <Line {...props} />;
  }
}

function Choices({ quiz: { id, kind, options = [] }, labelledBy, draft, disabled, onDraft }: Props) {
  const { t } = useTranslation();
  const single = kind === 'single';
  const choose = (option: string, checked: boolean) => {
    const rest = single ? [] : draft.chosen.filter((one) => one !== option);
    onDraft({ ...draft, chosen: checked ? [...rest, option] : rest });
  };
  const Choice = single ? Radio : Checkbox;
  return (
    <Stack gap="sm" role={single ? 'radiogroup' : 'group'} aria-labelledby={labelledBy}>
      {!single && <p className={attempt.auto}>{t('instructions.quiz.several')}</p>}
      {options.map((option) => (
        <Choice
          key={option.id}
          name={`quiz-${id}`}
          value={option.id}
          checked={draft.chosen.includes(option.id)}
          disabled={disabled}
          classNames={{ label: classes.choice }}
          label={<Inlines nodes={option.children} />}
          onChange={({ currentTarget: { checked } }) => choose(option.id, checked)}
        />
      ))}
    </Stack>
  );
}

function Line({ quiz: { kind, unit, placeholder }, labelledBy, draft, disabled, onDraft }: Props) {
  const { t } = useTranslation();
  const { printed } = useInstructions();
  const wrong = kind === 'number' && draft.text.trim() !== '' && numberIn(draft.text) === undefined;
  return (
    <TextInput
      aria-labelledby={labelledBy}
      className={classes.line}
      value={printed ? '' : draft.text}
      placeholder={placeholder}
      disabled={disabled}
      maxLength={4_096}
      autoComplete="off"
      inputMode={kind === 'number' ? 'decimal' : 'text'}
      rightSection={unit === undefined ? undefined : <span>{unit}</span>}
      rightSectionWidth={unit === undefined ? undefined : `${Math.min(unit.length, 12) + 3}ch`}
      rightSectionPointerEvents="none"
      error={wrong ? t('instructions.quiz.noNumber') : undefined}
      onChange={({ currentTarget: { value } }) => onDraft({ ...draft, text: value })}
    />
  );
}
