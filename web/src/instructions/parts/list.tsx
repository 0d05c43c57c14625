import type { PageBlock } from '@lab-orchestrator/contracts';
import { IconSquare, IconSquareCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './list.module.css';
import { NestedBlocks } from './nested-blocks.js';

type ListNode = Extract<PageBlock, { type: 'list' }>;

export function List({ list: { ordered, start, items } }: { list: ListNode }) {
  const entries = items.map((item, index) => <Item key={String(index)} item={item} />);
  return ordered ? <ol start={start}>{entries}</ol> : <ul>{entries}</ul>;
}

/** An entry of a task list shows how the author left it; it is not stored. */
function Item({ item: { checked, children } }: { item: ListNode['items'][number] }) {
  const { t } = useTranslation();
  if (checked === undefined) {
    return (
      <li>
        <NestedBlocks nodes={children} />
      </li>
    );
  }
  const Glyph = checked ? IconSquareCheck : IconSquare;
  return (
    <li className={classes.task}>
      <Glyph size={18} aria-hidden />
      <span className="visually-hidden">{t(checked ? 'instructions.task.done' : 'instructions.task.open')}: </span>
      <div>
        <NestedBlocks nodes={children} />
      </div>
    </li>
  );
}
