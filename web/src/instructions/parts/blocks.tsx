import type { PageBlock } from '@lab-orchestrator/contracts';
import { Fragment, type ReactNode } from 'react';
import classes from './blocks.module.css';
import { CheckBlock } from './check-block.js';
import { CodeBlock } from './code-block.js';
import { CommandBlock } from './command-block.js';
import { CopyBlock } from './copy-block.js';
import { Diagram } from './diagram.js';
import { FormulaBlock } from './formula.js';
import { Heading } from './heading.js';
import { HintBlock } from './hint-block.js';
import { Inlines } from './inlines.js';
import { Knowledge } from './knowledge.js';
import { List } from './list.js';
import { DrawBlocks } from './nested-blocks.js';
import { AudioBlock, QuizBlock, SetField, VideoBlock } from './rare-blocks.js';
import { StepBlock } from './step-block.js';
import { Table } from './table.js';
import { TickBox } from './tick-box.js';

/** What stands on lines of its own: every kind of node of a page's tree as an element, never as text of HTML. */
export const Blocks = ({ nodes }: { nodes: readonly PageBlock[] }) => (
  <DrawBlocks value={draw}>{draw(nodes)}</DrawBlocks>
);

const draw = (nodes: readonly PageBlock[]): ReactNode =>
  nodes.map((node, index) => <Fragment key={'id' in node ? node.id : String(index)}>{block(node)}</Fragment>);

function block(node: PageBlock): ReactNode {
  switch (node.type) {
    case 'paragraph':
      return (
        <p>
          <Inlines nodes={node.children} />
        </p>
      );
    case 'heading':
      return <Heading heading={node} />;
    case 'thematicBreak':
      return <hr />;
    case 'code':
      return <CodeBlock code={node} />;
    case 'diagram':
      return <Diagram source={node.source} title={node.title} />;
    case 'math':
      return <FormulaBlock tex={node.tex} />;
    case 'table':
      return <Table table={node} />;
    case 'video':
      return <VideoBlock video={node} />;
    case 'audio':
      return <AudioBlock audio={node} />;
    case 'list':
      return <List list={node} />;
    case 'quote':
      return (
        <blockquote className={classes.quote}>
          <Blocks nodes={node.children} />
        </blockquote>
      );
    case 'knowledge':
      return <Knowledge knowledge={node} />;
    case 'step':
      return <StepBlock step={node} />;
    case 'quiz':
      return <QuizBlock quiz={node} />;
    case 'command':
      return <CommandBlock command={node} />;
    case 'copy':
      return <CopyBlock copy={node} />;
    case 'check':
      return <CheckBlock check={node} />;
    case 'tick':
      return <TickBox label={node.label} />;
    case 'hint':
      return <HintBlock hint={node} />;
    case 'set':
      return <SetField set={node} />;
    default:
      return nothing(node);
  }
}

/** A newer server may send more than this page knows. Here the compiler finds what is missing. */
const nothing = (node: never): null => node && null;
