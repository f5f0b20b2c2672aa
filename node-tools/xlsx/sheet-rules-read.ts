import { cellAddress } from "../../apps-script/core/workbook/addresses.ts";
import type { Area, CellStyle, SheetLayout, Validation } from "../../apps-script/core/workbook/port.ts";
import { fromFileFormula } from "./cell-values.ts";
import { allElements, attributesOf, innerOf, isTrue, outerOf, rootOf } from "./package/markup.ts";
import { moveFormula, readArea } from "./references.ts";
import { unescapeXml } from "./xml.ts";

type Validations = NonNullable<SheetLayout["validations"]>[number];
type ConditionalFormat = NonNullable<SheetLayout["conditionalFormats"]>[number];

/** The areas of an `sqref`, none larger than `grid`; also those of whole columns and rows. */
function readAreas(sqref: string, grid: Area): Area[] {
  return sqref
    .trim()
    .split(/\s+/)
    .flatMap((text) => {
      const area = readArea(text);
      if (!area || area.top > grid.bottom || area.left > grid.right) return [];
      return [{ ...area, bottom: Math.min(area.bottom, grid.bottom), right: Math.min(area.right, grid.right) }];
    });
}

/** The texts of the elements of a name; those that stand in another sheet's extension wrap theirs once more. */
function textsOf(xml: string, name: string): string[] {
  return allElements(xml, name).map((element) => {
    const inner = innerOf(xml, element);
    const [wrapped] = inner.includes("<") ? allElements(inner, "f") : [];
    return unescapeXml(wrapped ? innerOf(inner, wrapped) : inner);
  });
}

const comparisons: Record<string, string> = {
  equal: "=",
  notEqual: "<>",
  greaterThan: ">",
  lessThan: "<",
  greaterThanOrEqual: ">=",
  lessThanOrEqual: "<=",
};

/** `value` compared as an operator of the file format says. */
function compare(value: string, operator: string, first: string, second: string): string {
  if (operator === "between") return `AND(${value}>=${first},${value}<=${second})`;
  if (operator === "notBetween") return `OR(${value}<${first},${value}>${second})`;
  return `${value}${comparisons[operator] ?? "="}${first}`;
}

/** A formula's file text, moved from the first area's top left cell to that of `area`. */
function moved(formula: string, from: Area, area: Area): string {
  return moveFormula(fromFileFormula(formula), area.top - from.top, area.left - from.left);
}

/** One `<dataValidation>`, of an extension or not, as validations of the port; kinds that it does not know become formulas. */
export function parseValidations(xml: string, grid: Area): Validations[] {
  const attributes = attributesOf(xml, rootOf(xml));
  const areas = readAreas(attributes.sqref ?? textsOf(xml, "sqref")[0] ?? "", grid);
  const [first] = areas;
  if (!first) return [];
  const [formula1 = "", formula2 = ""] = ["formula1", "formula2"].map((name) => textsOf(xml, name)[0]);
  const formulas = [formula1, formula2] as const;
  return areas.flatMap((area) => {
    const validation = readValidation(attributes, formulas, (formula) => moved(formula, first, area), area);
    return validation ? [{ area, validation }] : [];
  });
}

function readValidation(
  attributes: Record<string, string>,
  [formula1, formula2]: readonly [string, string],
  move: (formula: string) => string,
  { top, left }: Area,
): Validation | undefined {
  const { type = "none", operator = "between", showErrorMessage, errorStyle = "stop", error, prompt } = attributes;
  const strict = isTrue(showErrorMessage) && errorStyle === "stop";
  const message = strict ? error : prompt;
  if (type === "list") {
    const inline = /^"([\s\S]*)"$/.exec(formula1)?.[1];
    const source = inline === undefined ? move(formula1) : inline.replaceAll('""', '"').split(",");
    return { kind: "list", source, strict, ...(message === undefined ? {} : { message }) };
  }
  if (!strict || type === "none") return undefined;
  if ((type === "whole" || type === "decimal") && operator === "between") {
    const [min, max] = [Number(formula1), Number(formula2)];
    if (!Number.isNaN(min) && !Number.isNaN(max)) {
      return { kind: "number", min, max, message: message ?? "", ...(type === "whole" ? { integer: true } : {}) };
    }
  }
  const cell = cellAddress(top, left);
  const formula =
    type === "custom"
      ? move(formula1)
      : compare(type === "textLength" ? `LEN(${cell})` : cell, operator, move(formula1), move(formula2));
  return { kind: "custom", formula, message: message ?? "" };
}

/** All `<conditionalFormatting>` elements of a sheet in the order in which they win; only rules that a formula can express. */
export function parseConditionalFormats(
  elements: readonly string[],
  differentialStyle: (index: number) => string,
  grid: Area,
): ConditionalFormat[] {
  const found: { priority: number; format: ConditionalFormat }[] = [];
  for (const element of elements) {
    const areas = readAreas(attributesOf(element, rootOf(element)).sqref ?? "", grid);
    const [first] = areas;
    if (!first) continue;
    for (const rule of allElements(element, "cfRule")) {
      const { type, operator = "equal", dxfId, priority = "0" } = attributesOf(element, rule);
      const formulas = textsOf(outerOf(element, rule), "formula");
      const style = readDifferentialStyle(dxfId === undefined ? "" : differentialStyle(Number(dxfId)));
      for (const area of areas) {
        const [formula1 = "", formula2 = ""] = formulas.map((text) => moved(text, first, area));
        const cell = cellAddress(area.top, area.left);
        const formula =
          type === "expression" ? formula1 : type === "cellIs" ? compare(cell, operator, formula1, formula2) : "";
        if (formula !== "") found.push({ priority: Number(priority), format: { area, formula, style } });
      }
    }
  }
  return found.sort((a, b) => a.priority - b.priority).map(({ format }) => format);
}

function readDifferentialStyle(xml: string): CellStyle {
  const part = (name: string) => allElements(xml, name).map((element) => outerOf(xml, element))[0] ?? "";
  const colour = (text: string, name: string) =>
    allElements(text, name).flatMap((element) => attributesOf(text, element).rgb?.slice(-6).toUpperCase() ?? [])[0];
  const fontXml = part("font");
  const [bold] = allElements(fontXml, "b").map((element) => attributesOf(fontXml, element).val ?? "1");
  const fontColour = colour(fontXml, "color");
  const fillXml = part("fill");
  const fill = colour(fillXml, "bgColor") ?? colour(fillXml, "fgColor");
  const font = {
    ...(bold === undefined ? {} : { bold: isTrue(bold) }),
    ...(fontColour ? { color: fontColour } : {}),
  };
  const borderXml = part("border");
  const border = /style="(thin|medium)"/.exec(borderXml)?.[1] as "thin" | "medium" | undefined;
  const borderColor = colour(borderXml, "color");
  return {
    ...(Object.keys(font).length > 0 ? { font } : {}),
    ...(fill ? { fill } : {}),
    ...(border ? { border, ...(borderColor ? { borderColor } : {}) } : {}),
  };
}
