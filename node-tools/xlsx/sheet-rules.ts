import { areaAddress } from "../../apps-script/core/workbook/addresses.ts";
import type { CellStyle, SheetLayout, Validation } from "../../apps-script/core/workbook/port.ts";
import { escapeXml } from "./xml.ts";

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
