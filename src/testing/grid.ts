// Columns of text, one under the other and no wider than a page.

/** A column: its heading, then a cell for each row. */
export type Column = readonly string[];

/** The names of the rows, then the columns. */
export type Grid = readonly [names: Column, ...columns: Column[]];

/** How wide a table may be, in characters, before it goes on below. */
export const pageWidth = 110;

/** Lines of equal columns. Characters count as code points, good enough for most scripts. */
export function linesOf(grid: Grid): readonly string[] {
  const columns = grid.map((column) => {
    const width = columnWidth(column);
    return column.map((cell) => padded(cell, width));
  });
  return grid[0].map((_, i) => columns.map((column) => column[i]).join(' | ').trimEnd());
}

/** The same columns as tables that begin with the names of the rows and are no wider than this, or have one column only. */
export function blocksOf(names: Column, columns: readonly Column[], width: number): readonly Grid[] {
  const blocks: Grid[] = [];
  let block: [Column, ...Column[]] = [names];
  let taken = columnWidth(names);
  for (const column of columns) {
    const more = columnWidth(column) + 3;
    if (block.length > 1 && taken + more > width) {
      blocks.push(block);
      block = [names];
      taken = columnWidth(names);
    }
    block.push(column);
    taken += more;
  }
  return [...blocks, block];
}

/** How wide a text is. */
export function widthOf(text: string): number {
  return Array.from(text).length;
}

/** A text with spaces behind it. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** How wide a column is. */
export function columnWidth(column: Column): number {
  return column.reduce((width, cell) => Math.max(width, widthOf(cell)), 0);
}
