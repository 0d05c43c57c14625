import type { PageInline } from '@lab-orchestrator/contracts';
import { Fragment, type ReactNode } from 'react';
import { FormulaInline } from './formula.js';
import { DownloadLink } from './download-link.js';
import { FootnoteReference } from './footnote-reference.js';
import { OutsideLink, PageLink, SystemLink } from './links.js';
import { Picture } from './picture.js';
import { Template, Variable } from './template.js';

/** What stands inside a line. Nothing of it is ever read as markup. */
export const Inlines = ({ nodes }: { nodes: readonly PageInline[] }) =>
  nodes.map((node, index) => <Fragment key={String(index)}>{inline(node)}</Fragment>);

function inline(node: PageInline): ReactNode {
  switch (node.type) {
    case 'text':
      return node.value;
    case 'variable':
      return <Variable variable={node} />;
    case 'break':
      return <br />;
    case 'inlineCode':
      return (
        <code>
          <Template parts={node.children} />
        </code>
      );
    case 'inlineMath':
      return <FormulaInline tex={node.tex} />;
    case 'picture':
      return <Picture picture={node} />;
    case 'footnoteReference':
      return <FootnoteReference reference={node} />;
    case 'emphasis':
      return (
        <em>
          <Inlines nodes={node.children} />
        </em>
      );
    case 'strong':
      return (
        <strong>
          <Inlines nodes={node.children} />
        </strong>
      );
    case 'delete':
      return (
        <del>
          <Inlines nodes={node.children} />
        </del>
      );
    case 'link':
      return (
        <OutsideLink url={node.url} title={node.title}>
          <Inlines nodes={node.children} />
        </OutsideLink>
      );
    case 'pageLink':
      return (
        <PageLink page={node.page} anchor={node.anchor}>
          <Inlines nodes={node.children} />
        </PageLink>
      );
    case 'download':
      return (
        <DownloadLink file={node.file}>
          <Inlines nodes={node.children} />
        </DownloadLink>
      );
    case 'systemLink':
      return (
        <SystemLink system={node.system} access={node.access}>
          <Inlines nodes={node.children} />
        </SystemLink>
      );
    default:
      return nothing(node);
  }
}

/** A newer server may send more than this page knows. Here the compiler finds what is missing. */
const nothing = (node: never): null => node && null;
