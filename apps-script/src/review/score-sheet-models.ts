import { scoreSheetLabels } from "../../core/schema/review.ts";
import type { ScoreSheetFile } from "../../core/score-sheets/packets.ts";
import { sha256 } from "../../core/text/sha256.ts";
import type { Area, CellEdit, CellValue, SheetLayout, SheetPatch } from "../../core/workbook/port.ts";
import { fitMerges } from "./fit-merges.ts";

/**
 * Most of a score sheet is the same for all experts of the same fields: headings, looks, validations, protections. It is
 * laid once, in a model that is copied, because each call costs a part of the day that triggers have.
 */
export interface ScoreSheetModel {
  /** Tells it from the models of other fields, and from one that was laid before something changed. */
  readonly key: string;
  /** With rows enough for the longest of its files, and nothing of any expert or case. */
  readonly sheets: readonly SheetPatch[];
}

/** A sheet of a copied model: what is taken away, then what is written. */
export interface OverModel {
  readonly patch: SheetPatch;
  /** Rows of the model below those of the file. */
  readonly surplus: { readonly first: number; readonly count: number } | undefined;
}

/** The sheets of a file as Google can hold them. */
export const sheetsOf = (file: ScoreSheetFile): SheetPatch[] => file.patch.sheets.map(fitMerges);

/** Files that can share a model, by the fields that they review. */
export function groupOf(file: ScoreSheetFile): string {
  return [...new Set(file.submissions.map(({ field }) => field.key))].join("、");
}

/** @param files of one group, not empty */
export function modelOf(files: readonly ScoreSheetFile[]): ScoreSheetModel {
  const all = files.map(sheetsOf);
  const sheets = (all[0] ?? []).map((_, i) => modelSheet(all.flatMap((each) => each[i] ?? [])));
  return { key: sha256(JSON.stringify(sheets)).slice(0, 12), sheets };
}

function modelSheet(sheets: readonly SheetPatch[]): SheetPatch {
  const tallest = sheets.reduce((a, b) => (bottomOf(b) > bottomOf(a) ? b : a));
  const { layout: { print: _, ...layout } = {}, notes = [] } = tallest;
  const values = sheets.map((sheet) => valuesOf(sheet.edits));
  const styles = sheets.map((sheet) => new Set((sheet.layout?.styles ?? []).map((style) => JSON.stringify(style))));
  const isCommon = (style: NonNullable<SheetLayout["styles"]>[number]) =>
    sheets.every((sheet, i) => clip([style], bottomOf(sheet)).every((each) => styles[i]?.has(JSON.stringify(each))));
  return {
    name: tallest.name,
    createBefore: null,
    edits: (tallest.edits ?? []).filter(
      ({ row, column, value }) =>
        isGiven(tallest, row) && values.every((of) => isSame(of.get(`${row}:${column}`), value)),
    ),
    ...(sheets.every((sheet) => isSame(sheet.notes ?? [], notes)) ? { notes } : {}),
    layout: {
      ...layout,
      heights: (layout.heights ?? []).filter(({ row }) => isGiven(tallest, row)),
      styles: (layout.styles ?? []).filter(isCommon),
    },
  };
}

/** What a file needs beyond the model that it is a copy of. Protections are not among it: see `protectCopy`. */
export function overModel(file: ScoreSheetFile, model: ScoreSheetModel): OverModel[] {
  return sheetsOf(file).map((sheet, i) => {
    const below = model.sheets[i];
    if (!below) throw new Error("a model with fewer sheets than its file");
    const [bottom, modelBottom] = [bottomOf(sheet), bottomOf(below)];
    const surplus = modelBottom > bottom ? { first: bottom + 1, count: modelBottom - bottom } : undefined;
    const common = valuesOf(below.edits);
    const own = (sheet.edits ?? []).filter(({ row, column, value }) => !isSame(common.get(`${row}:${column}`), value));
    const firstOwn = Math.min(...own.map(({ row }) => row));
    return {
      surplus,
      patch: {
        name: sheet.name,
        edits: isGiven(sheet, bottom)
          ? own
          : wholeRectangle((sheet.edits ?? []).filter(({ row }) => row >= firstOwn || !isHeading(sheet, row))),
        ...(isSame(below.notes ?? [], sheet.notes ?? []) ? {} : { notes: sheet.notes ?? [] }),
        layout: layoutOver(sheet.layout ?? {}, below.layout ?? {}, bottom),
      },
    };
  });
}

/** The whole layout where the model would not give the rest of it. */
function layoutOver(layout: SheetLayout, model: SheetLayout, bottom: number): SheetLayout {
  const { heights = [], styles = [], protected: _, print: __, ...rest } = layout;
  const { heights: laid = [], styles: commonStyles = [], protected: ___, ...given } = model;
  const common = clip(commonStyles, bottom);
  const clipped: SheetLayout = {
    ...given,
    ...(given.filter ? { filter: clipArea(given.filter, bottom) } : {}),
    ...(given.validations ? { validations: clip(given.validations, bottom) } : {}),
    ...(given.conditionalFormats ? { conditionalFormats: clip(given.conditionalFormats, bottom) } : {}),
  };
  if (!isSame(rest, clipped) || !isSame(styles.slice(0, common.length), common)) return { ...rest, heights, styles };
  const known = new Set(laid.map((height) => JSON.stringify(height)));
  return {
    heights: heights.filter((height) => !known.has(JSON.stringify(height))),
    styles: styles.slice(common.length),
  };
}

const isHeading = ({ layout }: SheetPatch, row: number) => row <= (layout?.frozen?.rows ?? 0);

/** What may stand in the model: below the headings no more than the criteria of the notice. */
const isGiven = (sheet: SheetPatch, row: number) => isHeading(sheet, row) || sheet.name === scoreSheetLabels.rubric;

const bottomOf = ({ layout }: SheetPatch) => Math.max(0, ...(layout?.styles ?? []).map(({ area }) => area.bottom));

const clipArea = (area: Area, bottom: number): Area => ({ ...area, bottom: Math.min(area.bottom, bottom) });

/** As areas are once the rows below `bottom` are deleted. */
function clip<T extends { readonly area: Area }>(items: readonly T[], bottom: number): T[] {
  return items.flatMap((item) => (item.area.top > bottom ? [] : [{ ...item, area: clipArea(item.area, bottom) }]));
}

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

const valuesOf = (edits: readonly CellEdit[] = []) =>
  new Map<string, CellValue>(edits.map(({ row, column, value }) => [`${row}:${column}`, value]));

/** With the empty cells between, so that it is written in one call. */
function wholeRectangle(edits: readonly CellEdit[]): CellEdit[] {
  if (edits.length === 0) return [];
  const values = valuesOf(edits);
  const rows = edits.map(({ row }) => row);
  const right = Math.max(...edits.map(({ column }) => column));
  const whole: CellEdit[] = [];
  for (let row = Math.min(...rows); row <= Math.max(...rows); row++) {
    for (let column = 1; column <= right; column++)
      whole.push({ row, column, value: values.get(`${row}:${column}`) ?? null });
  }
  return whole;
}
