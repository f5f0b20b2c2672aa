import { areaAddress } from "../../apps-script/core/workbook/addresses.ts";
import type { CellStyle, SheetLayout, Validation } from "../../apps-script/core/workbook/port.ts";
import { type MapRow, mapAreaRows, mapFormulaRows } from "./references.ts";
import { escapeXml, unescapeXml } from "./xml.ts";

/**
 * What ExcelJS would lose, spoil or expand cell by cell, kept as XML beside its model and put back on saving: drop-downs
 * and other validations, conditional formats, and the extensions of newer programs.
 */
export interface SheetRules {
  /** `<dataValidation>` elements. */
  validations: string[];
  /** `<conditionalFormatting>` elements; a `dxfId` counts in the workbook's `<dxf>` elements. */
  conditionalFormats: string[];
  /** `<ext>` elements of the sheet. */
  extensions: string[];
  /** Namespace declarations of the sheet's root that the elements above may use. */
  namespaces: string[];
}

export function emptyRules(): SheetRules {
  return { validations: [], conditionalFormats: [], extensions: [], namespaces: [] };
}

const longestList = 255;
const longestMessage = 255;

export function renderValidation({ area, validation }: NonNullable<SheetLayout["validations"]>[number]): string {
  const { type, attributes, formulas } = describeValidation(validation);
  const message = validation.message?.slice(0, longestMessage);
  const isStrict = validation.kind !== "list" || validation.strict;
  const shown =
    message === undefined
      ? ""
      : isStrict
        ? ` errorTitle="请检查" error="${escapeLines(message)}"`
        : ` prompt="${escapeLines(message)}"`;
  return (
    `<dataValidation type="${type}"${attributes} allowBlank="1" showInputMessage="1" showErrorMessage="${isStrict ? 1 : 0}"${shown} ` +
    `sqref="${areaAddress(area)}">${formulas.map((text, i) => `<formula${i + 1}>${escapeXml(text)}</formula${i + 1}>`).join("")}</dataValidation>`
  );
}

function escapeLines(text: string): string {
  return escapeXml(text).replace(/\n/g, "&#10;");
}

function describeValidation(validation: Validation): { type: string; attributes: string; formulas: string[] } {
  switch (validation.kind) {
    case "list": {
      if (typeof validation.source === "string") return { type: "list", attributes: "", formulas: [validation.source] };
      const items = validation.source.join(",");
      if (items.length > longestList || validation.source.some((item) => item.includes(","))) {
        throw new RangeError(`an inline list holds ${longestList} characters and no comma: ${items.slice(0, 40)}…`);
      }
      return { type: "list", attributes: "", formulas: [`"${items.replaceAll('"', '""')}"`] };
    }
    case "number":
      return {
        type: validation.integer ? "whole" : "decimal",
        attributes: ' operator="between"',
        formulas: [String(validation.min), String(validation.max)],
      };
    case "custom":
      return { type: "custom", attributes: "", formulas: [validation.formula] };
  }
}

export function renderConditionalFormat(
  { area, formula, style }: NonNullable<SheetLayout["conditionalFormats"]>[number],
  priority: number,
  addStyle: (dxf: string) => number,
): string {
  const dxf = addStyle(renderDifferentialStyle(style));
  return (
    `<conditionalFormatting sqref="${areaAddress(area)}"><cfRule type="expression" dxfId="${dxf}" priority="${priority}">` +
    `<formula>${escapeXml(formula)}</formula></cfRule></conditionalFormatting>`
  );
}

function renderDifferentialStyle({ font, fill, border, borderColor }: CellStyle): string {
  const fontXml = font
    ? `<font>${font.bold === undefined ? "" : `<b val="${font.bold ? 1 : 0}"/>`}${font.color ? `<color rgb="FF${font.color}"/>` : ""}</font>`
    : "";
  const fillXml = fill
    ? `<fill><patternFill patternType="solid"><fgColor rgb="FF${fill}"/><bgColor rgb="FF${fill}"/></patternFill></fill>`
    : "";
  const line = (side: string) => `<${side} style="${border}"><color rgb="FF${borderColor ?? "000000"}"/></${side}>`;
  const borderXml =
    border && border !== "none" ? `<border>${["left", "right", "top", "bottom"].map(line).join("")}</border>` : "";
  return `<dxf>${fontXml}${fillXml}${borderXml}</dxf>`;
}

/** Follows an insertion of rows: the areas, and the formulas that refer to the sheet. */
export function moveRules(rules: SheetRules, home: string, inserted: string, mapRow: MapRow): SheetRules {
  const move = (xml: string) => {
    const areas =
      home === inserted
        ? xml
            .replace(
              /(\ssqref=")([^"]*)"/g,
              (_, start: string, areas: string) => `${start}${mapAreaRows(areas, mapRow)}"`,
            )
            .replace(/(<xm:sqref>)([^<]*)/g, (_, start: string, areas: string) => start + mapAreaRows(areas, mapRow))
        : xml;
    return areas.replace(
      /(<(?:xm:f|formula[12]?)>)([^<]*)/g,
      (_, start: string, formula: string) =>
        start + escapeXml(mapFormulaRows(unescapeXml(formula), home, inserted, mapRow)),
    );
  };
  return {
    validations: rules.validations.map(move),
    conditionalFormats: rules.conditionalFormats.map(move),
    extensions: rules.extensions.map(move),
    namespaces: rules.namespaces,
  };
}
