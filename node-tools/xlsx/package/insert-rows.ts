import type { RowInsertion } from "../../../apps-script/core/workbook/port.ts";
import { type MapRow, mapAreaRows, mapFormulaRows } from "../references.ts";
import { escapeXml, readAttributes, unescapeXml } from "../xml.ts";
import { textToBinary } from "./codec.ts";
import type { PackageFile } from "./package-file.ts";
import { readRelationships } from "./part-relationships.ts";
import type { SheetElement, SheetPart } from "./sheet-part.ts";
import type { WorkbookPart } from "./workbook-part.ts";

/** The last row that a sheet can have. */
const lastRow = 1_048_576;

/** `before` counts rows as they were, so the insertions above or at a row add up. */
export function makeMapRow(insertions: readonly RowInsertion[]): MapRow {
  const sorted = [...insertions].sort((a, b) => a.before - b.before);
  const starts = sorted.map(({ before }) => before);
  const shifts: number[] = [];
  let total = 0;
  for (const { count } of sorted) {
    total += count;
    shifts.push(total);
  }
  return (row) => {
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= row) low = middle + 1;
      else high = middle;
    }
    return Math.min(lastRow, row + (shifts[low - 1] ?? 0));
  };
}

export interface InsertionSheet {
  readonly name: string;
  readonly part: SheetPart;
}

/** Moves rows down, with all that names them: in the sheet, in the other sheets, in names, tables, charts and pictures. */
export function insertRows(
  file: PackageFile,
  workbook: WorkbookPart,
  sheets: readonly InsertionSheet[],
  inserted: string,
  mapRow: MapRow,
): void {
  for (const { name, part } of sheets) {
    const isOwn = name === inserted;
    const mapFormula = (formula: string) => mapFormulaRows(formula, name, inserted, mapRow);
    const mapAreas = (areas: string) => (isOwn ? mapAreaRows(areas, mapRow) : areas);
    // Only what names the sheet can point at it; marks, and characters by their numbers, are spelt in more ways than one.
    const isSpeltOneWay = !/[^\p{L}\p{N}_ .-]/u.test(inserted) && !part.grid.mentions("&#");
    const mention = isOwn || !isSpeltOneWay ? "" : textToBinary(file.codec, inserted);
    if (mention === "" || part.grid.mentions(mention)) {
      if (part.grid.mentions("shared")) {
        part.grid.writeOutShared();
        part.isChanged = true;
      }
      if (part.grid.mapFormulas(mapFormula, mapAreas, mention)) part.isChanged = true;
    }
    if (isOwn) {
      part.grid.move(mapRow);
      part.isChanged = true;
    }
    part.mapElements((element) => mapElement(element, mapFormula, isOwn ? mapRow : undefined));
    for (const { type, target } of readRelationships(file, part.path)) {
      if (!isOwn || !file.archive.has(target)) continue;
      if (type === "table") file.editText(target, (xml) => mapTable(xml, mapRow, mapFormula));
      if (type === "drawing") file.editText(target, (xml) => mapDrawing(xml, mapRow));
      if (type === "threadedComment") file.editText(target, (xml) => mapAttributes(xml, /ref/, mapRow));
    }
  }
  workbook.mapNames(({ formula }) => mapFormulaRows(formula, "", inserted, mapRow));
  for (const name of file.archive.names) {
    const mapOutside = (formula: string) => mapFormulaRows(formula, "", inserted, mapRow);
    if (/^xl\/(charts|chartEx)\/[^/]+\.xml$/i.test(name))
      file.editText(name, (xml) => mapFormulasIn(xml, "f", mapOutside));
    if (/^xl\/pivotCache\/pivotCacheDefinition[^/]*\.xml$/i.test(name)) {
      file.editText(name, (xml) => mapPivotSource(xml, inserted, mapRow));
    }
  }
}

/** The text of elements of a name, which is a formula. */
function mapFormulasIn(xml: string, names: string, map: (formula: string) => string): string {
  return xml.replace(
    new RegExp(`(<((?:[\\w.-]+:)?(?:${names}))(?:\\s[^>]*)?>)([^<]*)(</\\2\\s*>)`, "g"),
    (whole, start: string, _, text: string, end: string) => {
      const formula = unescapeXml(text);
      const mapped = map(formula);
      return mapped === formula ? whole : start + escapeXml(mapped) + end;
    },
  );
}

function mapAttributes(xml: string, names: RegExp, mapRow: MapRow): string {
  return xml.replace(
    new RegExp(`(\\s(?:${names.source})\\s*=\\s*)("[^"]*"|'[^']*')`, "g"),
    (_, start: string, value: string) => start + mapAreaRows(value, mapRow),
  );
}

/** @param mapRow undefined for an element of another sheet */
function mapElement({ name, xml }: SheetElement, mapFormula: (formula: string) => string, mapRow?: MapRow): string {
  switch (name) {
    case "conditionalFormatting":
    case "dataValidations": {
      const areas = mapRow ? mapAttributes(xml, /sqref/, mapRow) : xml;
      return mapFormulasIn(areas, "formula|formula1|formula2", mapFormula);
    }
    case "extLst": {
      const areas = mapRow
        ? xml.replace(
            /(<[\w.-]+:sqref>)([^<]*)/g,
            (_, start: string, list: string) => start + mapAreaRows(list, mapRow),
          )
        : xml;
      return mapFormulasIn(areas, "f", mapFormula);
    }
    case "hyperlinks": {
      const areas = mapRow ? mapAttributes(xml, /ref/, mapRow) : xml;
      return areas.replace(/(\slocation\s*=\s*)("[^"]*"|'[^']*')/g, (_, start: string, place: string) => {
        return `${start}"${escapeXml(mapFormula(unescapeXml(place.slice(1, -1))))}"`;
      });
    }
    case "rowBreaks":
      return mapRow
        ? xml.replace(/(<(?:[\w.-]+:)?brk\s[^>]*?\bid\s*=\s*["'])(\d+)/g, (_, start: string, row: string) => {
            // A break lies below the row that it names.
            return start + (mapRow(Number(row) + 1) - 1);
          })
        : xml;
    case "mergeCells":
      return mapRow ? mapAttributes(xml, /ref/, (row) => mapRow(row)) : xml;
    case "dimension":
    case "autoFilter":
    case "sortState":
      return mapRow ? mapAttributes(xml, /ref/, mapRow) : xml;
    case "sheetViews":
    case "customSheetViews":
      return mapRow ? mapAttributes(xml, /sqref|activeCell/, mapRow) : xml;
    case "protectedRanges":
    case "ignoredErrors":
      return mapRow ? mapAttributes(xml, /sqref/, mapRow) : xml;
    case "cellWatches":
    case "scenarios":
      return mapRow ? mapAttributes(xml, /r|sqref/, mapRow) : xml;
    default:
      return xml;
  }
}

function mapTable(xml: string, mapRow: MapRow, mapFormula: (formula: string) => string): string {
  return mapFormulasIn(mapAttributes(xml, /ref/, mapRow), "calculatedColumnFormula|totalsRowFormula", mapFormula);
}

/** Pictures go with the rows that they lie on, unless they are fixed to the page. */
function mapDrawing(xml: string, mapRow: MapRow): string {
  return xml.replace(/<((?:[\w.-]+:)?(?:twoCellAnchor|oneCellAnchor))(?=[\s>])[\s\S]*?<\/\1\s*>/g, (anchor) => {
    if (/editAs\s*=\s*["']absolute/.test(anchor.slice(0, anchor.indexOf(">")))) return anchor;
    return anchor.replace(/(<(?:[\w.-]+:)?row>)(\d+)/g, (_, start: string, row: string) => {
      return start + (mapRow(Number(row) + 1) - 1);
    });
  });
}

function mapPivotSource(xml: string, inserted: string, mapRow: MapRow): string {
  return xml.replace(/<(?:[\w.-]+:)?worksheetSource\s[^>]*>/g, (tag) => {
    return readAttributes(tag).sheet === inserted ? mapAttributes(tag, /ref/, mapRow) : tag;
  });
}
