import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './consoles.module.css';

const keys = [
  { shown: 'Esc', sends: '\u001b' },
  { shown: 'Tab', sends: '\t' },
  { shown: '↑', sends: '\u001b[A' },
  { shown: '↓', sends: '\u001b[B' },
  { shown: '←', sends: '\u001b[D' },
  { shown: '→', sends: '\u001b[C' },
] as const;
const controlled = ['C', 'D', 'Z', 'L', 'R'] as const;

interface Props {
  onKey: (text: string) => void;
  onDone: () => void;
}

/** Keys that the keyboard of a phone does not have; shown on narrow and touch screens. */
export function ExtraKeys({ onKey, onDone }: Props) {
  const { t } = useTranslation();
  const [control, setControl] = useState(false);
  const press = (text: string) => {
    onKey(text);
    setControl(false);
    onDone();
  };
  return (
    <div role="toolbar" aria-label={t('consoles.terminal.extraKeys')} className={classes.extraKeys}>
      <button type="button" aria-pressed={control} onClick={() => setControl(!control)}>
        Ctrl
      </button>
      {control
        ? controlled.map((letter) => (
            <button key={letter} type="button" onClick={() => press(String.fromCharCode(letter.charCodeAt(0) - 64))}>
              ^{letter}
            </button>
          ))
        : keys.map(({ shown, sends }) => (
            <button key={shown} type="button" onClick={() => press(sends)}>
              {shown}
            </button>
          ))}
    </div>
  );
}
