import type { TagRecord, TagValue } from "../../apps-script/core/exports/forms/form.ts";

/** A row of a sheet that tags make grow, and what is written there now. */
export interface TemplateRow {
  readonly row: number;
  /** Texts of its cells, from left to right. */
  readonly texts: readonly string[];
}

/** Values from the outermost scope to the innermost. */
type Scopes = readonly TagRecord[];

export interface FilledRow {
  /** The row of the template that is copied. */
  readonly source: number;
  readonly scopes: Scopes;
}

/** Rows of the template, both included, that give way to others. */
export interface RowBlock {
  readonly top: number;
  readonly bottom: number;
  /** At least as many as there are in the template. */
  readonly rows: readonly FilledRow[];
}

interface Loop {
  readonly tag: string;
  readonly top: number;
  bottom: number;
  readonly children: (number | Loop)[];
}

const loopTag = /\{\s*([#/])\s*([^{}]*?)\s*\}/g;

function readLoops(rows: readonly TemplateRow[]): Loop[] {
  const whole: Loop = { tag: "", top: 0, bottom: 0, children: [] };
  const open: Loop[] = [whole];
  for (const { row, texts } of rows) {
    const tags = texts.flatMap((text) => [...text.matchAll(loopTag)].map(([, kind, tag = ""]) => ({ kind, tag })));
    for (const { kind, tag } of tags) {
      if (kind !== "#") continue;
      const loop: Loop = { tag, top: row, bottom: row, children: [] };
      open.at(-1)?.children.push(loop);
      open.push(loop);
    }
    open.at(-1)?.children.push(row);
    for (const { kind } of tags) {
      if (kind !== "/") continue;
      const closed = open.length > 1 ? open.pop() : undefined;
      if (closed) closed.bottom = row;
    }
  }
  return whole.children.filter((child): child is Loop => typeof child !== "number");
}

function lookUp(tag: string, scopes: Scopes): TagValue | undefined {
  for (let i = scopes.length - 1; i >= 0; i -= 1) {
    const value = scopes[i]?.[tag];
    if (value !== undefined) return value;
  }
  return undefined;
}

function repeat(loop: Loop, scopes: Scopes): FilledRow[] {
  const items = lookUp(loop.tag, scopes);
  if (!Array.isArray(items)) return [];
  return (items as readonly TagRecord[]).flatMap((item) => {
    const inner = [...scopes, item];
    return loop.children.flatMap((child) =>
      typeof child === "number" ? [{ source: child, scopes: inner }] : repeat(child, inner),
    );
  });
}

/** The blocks of rows that the repeated parts of a sheet become, from top to bottom; the tags must have been checked. */
export function planRows(rows: readonly TemplateRow[], values: TagRecord): RowBlock[] {
  return readLoops(rows).map((loop) => {
    const filled = repeat(loop, [values]);
    const sources = rows.map(({ row }) => row).filter((row) => row >= loop.top && row <= loop.bottom);
    // Nothing to list: the lines of the template stay, blank.
    const spare = sources.slice(filled.length).map((source) => ({ source, scopes: [values, blank] }));
    return { top: loop.top, bottom: loop.bottom, rows: [...filled, ...spare] };
  });
}

/** Answers every tag of a line that has nothing to list with nothing. */
const blank: TagRecord = new Proxy({}, { get: () => "", has: () => true });

/** A text with its tags replaced; a number where the text is nothing but the tag of a number. */
export function fillText(text: string, scopes: Scopes): string | number {
  const bare = text.replace(loopTag, "");
  const alone = /^\{\s*([^{}#/]+?)\s*\}$/.exec(bare.trim())?.[1];
  const value = alone === undefined ? undefined : lookUp(alone, scopes);
  if (typeof value === "number") return value;
  return bare.replace(/\{\s*([^{}]*?)\s*\}/g, (_, tag: string) => {
    const found = lookUp(tag, scopes);
    return typeof found === "string" || typeof found === "number" ? String(found) : "";
  });
}
