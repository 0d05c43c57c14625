import { SegmentedControl } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Split } from '../ui/split.js';
import classes from './editor.module.css';

const parts = ['files', 'text', 'preview'] as const;
export type EditorPart = (typeof parts)[number];
type Contents = Record<EditorPart, ReactNode>;

interface Props {
  contents: Contents;
  part: EditorPart;
  onPart: (part: EditorPart) => void;
}

/** Files, text and preview beside each other, or one at a time where there is no room. */
export function EditorColumns(props: Props) {
  const narrow = useMediaQuery('(max-width: 62em)', false, { getInitialValueInEffect: false });
  return narrow ? <OnePart {...props} /> : <AllParts contents={props.contents} />;
}

function AllParts({ contents }: { contents: Contents }) {
  const { t } = useTranslation();
  const label = t('editor.parts.resize');
  const text = (
    <Split
      name="lab.editor.preview"
      label={label}
      initial={0.44}
      minPx={220}
      max={0.7}
      sizedLast
      sized={contents.preview}
      rest={contents.text}
    />
  );
  return (
    <div className={classes.columns}>
      <Split
        name="lab.editor.files"
        label={label}
        initial={0.18}
        minPx={160}
        max={0.4}
        sized={contents.files}
        rest={text}
      />
    </div>
  );
}

function OnePart({ contents, part, onPart }: Props) {
  const { t } = useTranslation();
  const choose = (value: string) => {
    const known = parts.find((one) => one === value);
    if (known !== undefined) onPart(known);
  };
  return (
    <>
      <SegmentedControl
        fullWidth
        radius={0}
        value={part}
        onChange={choose}
        aria-label={t('editor.parts.label')}
        data={parts.map((value) => ({ value, label: t(`editor.parts.${value}`) }))}
      />
      {parts.map((one) => (
        <div key={one} className={classes.single} hidden={part !== one}>
          {contents[one]}
        </div>
      ))}
    </>
  );
}
