import type { Notice } from "../notice/notice.ts";
import { countLines } from "../tables/row-height.ts";
import type { CellStyle, SheetLayout, SheetPatch } from "../workbook/port.ts";
import { bodySize, fontName, palette } from "../workbook/theme.ts";

export interface GuideSection {
  readonly title: string;
  /** A term and what is said about it; the term's cell may be tinted. */
  readonly lines: readonly { readonly term: string; readonly text: string; readonly tint?: CellStyle }[];
}

const termWidth = 16;
const textWidth = 96;
/** Of the body font, in points. */
const lineHeight = 17;

/** 说明: a title, a line below it, and sections of two columns. */
export function buildGuide(
  name: string,
  notice: Notice,
  subtitle: string,
  sections: readonly GuideSection[],
): SheetPatch {
  const edits: { row: number; column: number; value: string }[] = [
    { row: 1, column: 1, value: notice.title },
    { row: 2, column: 1, value: subtitle },
  ];
  const area = (row: number, left: number, right: number) => ({ top: row, bottom: row, left, right });
  const base = { name: fontName, size: bodySize };
  const heights = [
    { row: 1, height: 36 },
    { row: 2, height: 22 },
  ];
  const merges = [area(1, 1, 2), area(2, 1, 2)];
  const styles: { area: ReturnType<typeof area>; style: CellStyle }[] = [
    {
      area: area(1, 1, 2),
      style: { font: { ...base, size: 18, bold: true, color: palette.title }, vertical: "middle" },
    },
    { area: area(2, 1, 2), style: { font: { ...base, color: palette.softInk }, vertical: "middle" } },
  ];
  let row = 3;
  for (const { title, lines } of sections) {
    row += 1;
    edits.push({ row, column: 1, value: title });
    merges.push(area(row, 1, 2));
    heights.push({ row: row - 1, height: 8 }, { row, height: 24 });
    styles.push({
      area: area(row, 1, 2),
      style: {
        font: { ...base, size: 11, bold: true, color: palette.title },
        fill: palette.band,
        horizontal: "left",
        vertical: "middle",
        indent: 1,
      },
    });
    for (const { term, text, tint } of lines) {
      row += 1;
      edits.push({ row, column: 1, value: term }, { row, column: 2, value: text });
      heights.push({ row, height: countLines(text, textWidth - 4) * lineHeight + 5 });
      const line = { border: "thin", borderColor: palette.line, vertical: "middle", wrap: true } as const;
      styles.push(
        {
          area: area(row, 1, 1),
          style: {
            ...line,
            font: { ...base, bold: true, color: palette.ink },
            horizontal: "center",
            ...tint,
            ...(tint?.font ? { font: { ...base, ...tint.font } } : {}),
          },
        },
        {
          area: area(row, 2, 2),
          style: { ...line, font: { ...base, color: palette.ink }, horizontal: "left", indent: 1 },
        },
      );
    }
    row += 1;
  }
  const layout: SheetLayout = {
    tabColor: palette.title,
    widths: [
      { column: 1, width: termWidth },
      { column: 2, width: textWidth },
    ],
    heights,
    merges,
    styles,
    protected: true,
    print: {
      landscape: true,
      area: { top: 1, left: 1, bottom: row, right: 2 },
      margins: { top: 15, bottom: 15, left: 12, right: 12 },
    },
  };
  return { name, createBefore: null, edits, layout };
}
