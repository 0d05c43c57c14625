import { Skeleton, Table, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconArrowsSort } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './data-table.module.css';

export interface Column<T> {
  key: string;
  title: ReactNode;
  cell: (row: T) => ReactNode;
  /** The field by which the server sorts it. */
  sort?: string;
  align?: 'right';
  /** Sizes and times, which read badly in two lines. */
  oneLine?: boolean;
}
interface Props<T> {
  label: string;
  columns: Column<T>[];
  rows: T[] | undefined;
  rowKey: (row: T) => string;
  sort?: string;
  onSort?: (sort: string) => void;
  /** The rows belong to the last filter; the new ones are on their way. */
  stale?: boolean;
}

/** Passes on what the server can sort by. */
export const knownSort =
  <Sort extends string>(sorts: readonly Sort[], onSort: (sort: Sort) => void) =>
  (wanted: string): void => {
    const known = sorts.find((one) => one === wanted);
    if (known !== undefined) onSort(known);
  };

/** A dense table for staff, sorted by the server. */
export function DataTable<T>({ label, columns, rows, rowKey, sort, onSort, stale = false }: Props<T>) {
  return (
    <div className={classes.scroll} aria-busy={rows === undefined || stale}>
      <Table
        verticalSpacing={6}
        horizontalSpacing="md"
        fz="sm"
        highlightOnHover
        aria-label={label}
        className={classes.table}
      >
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Heading key={column.key} column={column} sort={sort} onSort={onSort} />
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows === undefined ? (
            <SkeletonRows columns={columns.length} />
          ) : (
            rows.map((row) => (
              <Table.Tr key={rowKey(row)}>
                {columns.map(({ key, cell, align, oneLine }) => (
                  <Table.Td key={key} ta={align} className={oneLine === true ? classes.oneLine : undefined}>
                    {cell(row)}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))
          )}
        </Table.Tbody>
      </Table>
    </div>
  );
}

interface HeadingProps<T> {
  column: Column<T>;
  sort: string | undefined;
  onSort: ((sort: string) => void) | undefined;
}

function Heading<T>({ column: { title, align, sort: field }, sort, onSort }: HeadingProps<T>) {
  if (field === undefined || onSort === undefined) {
    return (
      <Table.Th scope="col" ta={align}>
        {title}
      </Table.Th>
    );
  }
  const up = sort === field;
  const down = sort === `-${field}`;
  const Glyph = up ? IconArrowUp : down ? IconArrowDown : IconArrowsSort;
  return (
    <Table.Th scope="col" ta={align} aria-sort={up ? 'ascending' : down ? 'descending' : 'none'}>
      <UnstyledButton className={classes.sort} onClick={() => onSort(up ? `-${field}` : field)}>
        {title}
        <Glyph size={14} aria-hidden className={up || down ? undefined : classes.unsorted} />
      </UnstyledButton>
    </Table.Th>
  );
}

function SkeletonRows({ columns }: { columns: number }) {
  return Array.from({ length: 6 }, (_, row) => (
    <Table.Tr key={row}>
      <Table.Td colSpan={columns}>
        <Skeleton h={22} />
      </Table.Td>
    </Table.Tr>
  ));
}
