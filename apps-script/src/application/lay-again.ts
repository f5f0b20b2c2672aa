import { refreshApplicationLayout } from "../../core/application-book/application-book.ts";
import { noticeOf } from "../../core/award/notice-sheet.ts";
import { readAwardTables } from "../../core/award/read-award.ts";
import { liveCheckSheetLabel, liveLongSheetLabel } from "../../core/schema/application.ts";
import { sha256 } from "../../core/text/sha256.ts";
import type { SheetLayout, SheetPatch, SheetSnapshot, WorkbookPatch } from "../../core/workbook/port.ts";
import { protectionMark, unlockedAreas } from "../google/protect.ts";
import type { GoogleWorkbook } from "../google/workbook.ts";
import { copyLooks } from "../google/write-layout.ts";
import { closeToOfficers, lockSheets, typedSheetNames } from "./lock-sheets.ts";
import { missingBeforeImport } from "./write-import.ts";

/** What there was to be laid before rows came in, and how many rows came in between others. */
export interface LaidBefore {
  readonly sheets: readonly SheetPatch[];
  readonly inserted: ReadonlyMap<string, number>;
}

const calculationSheets: readonly string[] = [liveCheckSheetLabel, liveLongSheetLabel];

/** What stands in 即时计算 is not read: it is wider than all other sheets, and always written anew. */
const unread = (sheet: SheetSnapshot): SheetSnapshot =>
  calculationSheets.includes(sheet.name) ? { name: sheet.name, hidden: true, rows: [], notes: new Map() } : sheet;

/** @param halfMade sheets that an earlier import may have made without coming to their notes and looks: as if they were missing */
function layoutOf({ snapshot }: GoogleWorkbook, halfMade: readonly string[] = []): readonly SheetPatch[] {
  // A sheet is not read for its name.
  const sheets = snapshot.sheets.filter((sheet) => !halfMade.includes(sheet.name) || sheet.rows.length > 1);
  const seen = { sheets: sheets.map(unread) };
  return refreshApplicationLayout(seen, noticeOf(seen)).sheets;
}

/** @param patch what is about to be written */
export function laidBefore(book: GoogleWorkbook, patch: WorkbookPatch): LaidBefore {
  const inserted = patch.sheets.map(
    ({ name, insertRows = [] }) => [name, insertRows.reduce((sum, { count }) => sum + count, 0)] as const,
  );
  return { sheets: layoutOf(book), inserted: new Map(inserted) };
}

/**
 * Lays the sheets again after rows came in: drop-downs, live checks, quota rows. Locked sheets are never open in between,
 * so that a lock also outlives an execution that ends here.
 *
 * What cannot have changed is not laid again: sheets that are as they were before rows came in, looks that only have to
 * reach further down, headers, and the looks of sheets that nobody but administrators can write in, if this script has laid
 * them so before. All rows of 单位 are laid: administrators type and delete rows in it, and no formula tells how far down
 * its looks reach.
 *
 * @param before absent where an earlier attempt may have left something undone
 * @param more looks of other sheets
 */
export function layAgain(
  book: GoogleWorkbook,
  isLocked: boolean,
  before?: LaidBefore,
  more: readonly SheetPatch[] = [],
): void {
  const tables = readAwardTables(book.snapshot);
  const [settings, units] = [tables.settings.name, tables.units.name];
  const locked = isLocked ? typedSheetNames(book) : [];
  const asLaid = (sheet: SheetPatch): SheetPatch => {
    if (locked.includes(sheet.name)) return withoutProtection(sheet);
    return sheet.name === settings ? closeToOfficers(sheet) : sheet;
  };
  const record = new LaidRecord(book);
  const growing = new Map<string, SheetPatch>();
  const changed = layoutOf(book, before ? [] : missingBeforeImport()).filter((sheet) => {
    const was = before?.sheets.find(({ name }) => name === sheet.name);
    // A sheet with something to write was not laid as it should be before.
    if (was === undefined || (was.edits ?? []).length > 0) return true;
    growing.set(sheet.name, was);
    return JSON.stringify(was) !== JSON.stringify(sheet);
  });
  const wanted = [...changed.map(asLaid), ...more];
  record.begin(wanted);
  const sheets = wanted.flatMap((sheet) => {
    if (sheet.name === units) return [record.withoutLaidHeader(sheet)];
    const was = growing.get(sheet.name);
    const ready = record.readyRowOf(sheet.name);
    const grown = was && ready && growDown(book, was, sheet, ready, before?.inserted.get(sheet.name) ?? 0);
    return grown || record.withoutWhatIsLaid(sheet);
  });
  book.apply({ sheets });
  record.end(wanted);
  if (isLocked) lockSheets(book);
}

function withoutProtection({ layout: { protected: _, ...layout } = {}, ...sheet }: SheetPatch): SheetPatch {
  return { ...sheet, layout };
}

/** The last row that is ready to be typed in. */
const readyRow = ({ styles = [] }: SheetLayout) => Math.max(0, ...styles.map(({ area }) => area.bottom));

/** A layout but for how far down it reaches, and for what is laid in any case. */
function shapeOf({ filter: _, print: _print, protected: _protected, ...layout }: SheetLayout): string {
  const ready = readyRow(layout);
  return JSON.stringify(layout, (key, value) => (key === "bottom" && value === ready ? "ready" : value));
}

/** Their conditions aside: those of live checks name ranges that grow along. */
const hasSameLooks = (a: SheetLayout, b: SheetLayout): boolean =>
  shapeOf({ ...a, conditionalFormats: [] }) === shapeOf({ ...b, conditionalFormats: [] });

/**
 * Looks that only reach further down are copied from the last row that has them, which rows that came in have pushed down.
 *
 * @param laid the last row that was laid: people may have typed below it since
 */
function growDown(
  { spreadsheet }: GoogleWorkbook,
  was: SheetPatch,
  sheet: SheetPatch,
  laid: number,
  inserted: number,
): SheetPatch | undefined {
  const { layout } = sheet;
  if (!was.layout || !layout?.styles || !hasSameLooks(was.layout, layout)) return undefined;
  const [last, ready] = [Math.min(readyRow(was.layout), laid) + inserted, readyRow(layout)];
  const present = spreadsheet.getSheetByName(sheet.name);
  if (present && ready > last) copyLooks(present, layout, last, ready);
  const { conditionalFormats, styles, protected: isProtected } = layout;
  return {
    ...sheet,
    layout: {
      ...(conditionalFormats ? { conditionalFormats } : {}),
      ...(isProtected === undefined ? {} : { protected: isProtected }),
      styles: locksOf(styles),
    },
  };
}

type Styles = NonNullable<SheetLayout["styles"]>;

const locksOf = (styles: Styles): Styles =>
  styles.flatMap(({ area, style: { locked } }) => (locked === undefined ? [] : [{ area, style: { locked } }]));

/** Document property: what looks were laid last, by the ids of the sheets. */
const laidKey = "casebook.laid";

/** Every sheet counts as never laid. */
export function forgetLaid(): void {
  PropertiesService.getDocumentProperties().deleteProperty(laidKey);
}

interface LaidLooks {
  readonly digest: string;
  /** The last row that has them. */
  readonly ready: number;
}

const looksOf = (layout: SheetLayout): LaidLooks => ({
  digest: sha256(shapeOf(layout)).slice(0, 16),
  ready: readyRow(layout),
});

/** Which looks this script has laid. What another script has laid, such as that of the review, is not known. */
class LaidRecord {
  readonly #book: GoogleWorkbook;
  readonly #isOwn: boolean;
  readonly #laid: Record<string, LaidLooks>;

  constructor(book: GoogleWorkbook) {
    this.#book = book;
    this.#isOwn = SpreadsheetApp.getActiveSpreadsheet().getId() === book.spreadsheet.getId();
    const text = this.#isOwn ? PropertiesService.getDocumentProperties().getProperty(laidKey) : null;
    this.#laid = JSON.parse(text ?? "{}");
  }

  /** The last row of a sheet that this script has laid. */
  readyRowOf(name: string): number | undefined {
    const sheet = this.#isOwn ? this.#book.spreadsheet.getSheetByName(name) : null;
    return sheet ? this.#laid[sheet.getSheetId()]?.ready : undefined;
  }

  /**
   * The patch without the looks that are there already: of a header, and of all of a sheet that is closed to officers.
   * Nothing where that is all.
   */
  withoutWhatIsLaid(patch: SheetPatch): SheetPatch[] {
    const sheet = this.#book.spreadsheet.getSheetByName(patch.name);
    const { layout, ...rest } = patch;
    if (!this.#isOwn || !sheet || !layout) return [patch];
    const [was, wanted] = [this.#laid[sheet.getSheetId()], looksOf(layout)];
    if (was?.digest !== wanted.digest) return [patch];
    const own = this.#book.protectionOf(sheet);
    const { styles = [] } = layout;
    const isOpen = layout.protected === false || unlockedAreas(styles).length > 0;
    if (own && !(own.description === protectionMark && isOpen)) {
      if (wanted.ready > was.ready) copyLooks(sheet, layout, was.ready, wanted.ready);
      if ((patch.edits ?? []).length === 0) return [];
      // Clearing takes looks along; the same rows are all written anew.
      return [styles.length > 0 ? withoutClearing(rest) : rest];
    }
    const isClear = patch.clearFrom === was.ready + 1 && sheet.getLastRow() <= was.ready;
    return [withoutHeader(isClear ? withoutClearing(patch) : patch)];
  }

  /** The patch without the looks of a header that are there already and closed to officers. */
  withoutLaidHeader(patch: SheetPatch): SheetPatch {
    const sheet = this.#book.spreadsheet.getSheetByName(patch.name);
    if (!this.#isOwn || !sheet || !patch.layout) return patch;
    const isLaid = this.#laid[sheet.getSheetId()]?.digest === looksOf(patch.layout).digest;
    return isLaid && this.#book.protectionOf(sheet) ? withoutHeader(patch) : patch;
  }

  /** Until `end`, none of them counts as laid for a later attempt: they may be half laid. */
  begin(patches: readonly SheetPatch[]): void {
    const laid = { ...this.#laid };
    for (const { id } of this.#listed(patches)) delete laid[id];
    this.#keep(laid);
  }

  end(patches: readonly SheetPatch[]): void {
    for (const { id, layout } of this.#listed(patches)) this.#laid[id] = looksOf(layout);
    this.#keep(this.#laid);
  }

  #listed(patches: readonly SheetPatch[]) {
    if (!this.#isOwn) return [];
    return patches.flatMap(({ name, layout }) => {
      const sheet = this.#book.spreadsheet.getSheetByName(name);
      return sheet && layout ? [{ id: sheet.getSheetId(), layout }] : [];
    });
  }

  #keep(laid: Readonly<Record<string, LaidLooks>>): void {
    if (this.#isOwn) PropertiesService.getDocumentProperties().setProperty(laidKey, JSON.stringify(laid));
  }
}

function withoutHeader({ layout = {}, ...patch }: SheetPatch): SheetPatch {
  const { styles = [] } = layout;
  const header = Math.min(...styles.map(({ area }) => area.top));
  const below = styles.flatMap((each) => (each.area.bottom > header ? [each] : locksOf([each])));
  return { ...patch, layout: { ...layout, styles: below } };
}

const withoutClearing = ({ clearFrom: _, ...patch }: SheetPatch): SheetPatch => patch;
