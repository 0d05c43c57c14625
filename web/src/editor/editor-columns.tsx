import { SegmentedControl } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels';
import { recall, remember } from '../app/local-store.js';
import classes from './editor.module.css';

const storage = { getItem: (key: string) => recall(key) ?? null, setItem: remember };
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
  const [panelIds] = useState(() => [...parts]);
  const saved = useDefaultLayout({ id: 'lab.editor', panelIds, storage });
  const divider = <Separator className={classes.divider} aria-label={t('editor.parts.resize')} />;
  return (
    <Group id="editor" orientation="horizontal" className={classes.columns} {...saved}>
      <Panel id="files" defaultSize="18%" minSize="160px" maxSize="40%">
        {contents.files}
      </Panel>
      {divider}
      <Panel id="text" minSize="25%">
        {contents.text}
      </Panel>
      {divider}
      <Panel id="preview" defaultSize="36%" minSize="220px">
        {contents.preview}
      </Panel>
    </Group>
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
