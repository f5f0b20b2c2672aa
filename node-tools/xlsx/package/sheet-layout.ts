import { areaAddress, cellAddress, columnLetters } from "../../../apps-script/core/workbook/addresses.ts";
import type { Area, PrintSetup, SheetLayout } from "../../../apps-script/core/workbook/port.ts";
import { palette } from "../../../apps-script/core/workbook/theme.ts";
import { readArea } from "../references.ts";
import { renderConditionalFormat, renderValidation } from "../sheet-rules.ts";
import { escapeXml, readAttributes, unescapeXml } from "../xml.ts";
import { attributesOf, elementsIn, innerOf, outerOf, renderAttributes, rootOf, withAttribute } from "./markup.ts";
import type { SheetPart } from "./sheet-part.ts";
import type { StyleTable } from "./style-table.ts";
import type { WorkbookPart } from "./workbook-part.ts";

const paperA4 = 9;
export const mmPerInch = 25.4;

/** What people may still do on a protected sheet; only locked cells keep their content. */
const protection =
  '<sheetProtection sheet="1" formatCells="0" formatColumns="0" formatRows="0" insertRows="0" deleteRows="0" sort="0" autoFilter="0"/>';

/** @returns whether cells may read otherwise now: another kind of number, or covered by a merge */
export function applyLayout(
  workbook: WorkbookPart,
  name: string,
  sheet: SheetPart,
  styles: StyleTable,
  layout: SheetLayout,
): boolean {
  if (layout.hidden !== undefined) workbook.setHidden(name, layout.hidden);
  if (layout.tabColor !== undefined) {
    setChild(sheet, "sheetPr", sheetPrOrder, "tabColor", `<tabColor rgb="FF${layout.tabColor}"/>`);
  }
  if (layout.widths && layout.widths.length > 0) setWidths(sheet, layout.widths);
  for (const { row, height } of layout.heights ?? []) {
    if (sheet.grid.setHeight(row, height)) sheet.isChanged = true;
  }
  if (layout.frozen) freeze(sheet, layout.frozen);
  if (layout.filter) setFilter(workbook, name, sheet, layout.filter);
  const styleOf = sheet.columnStyles();
  let haveFormatsChanged = false;
  const restyled = (layout.styles ?? []).map(({ area, style }) => ({ area, restyle: styles.changer(style) }));
  if (restyled.length > 0) {
    sheet.grid.restyleAreas(restyled, styleOf, (before, after) => {
      haveFormatsChanged ||= styles.numberFormat(before) !== styles.numberFormat(after);
    });
    sheet.isChanged = true;
  }
  if (layout.merges && layout.merges.length > 0) addMerges(sheet, layout.merges);
  if (layout.validations) setValidations(sheet, layout.validations);
  if (layout.conditionalFormats) setConditionalFormats(sheet, styles, layout.conditionalFormats);
  if (layout.protected !== undefined) protect(sheet, layout.protected);
  if (layout.print) setUpPrinting(workbook, name, sheet, layout.print);
  return haveFormatsChanged || layout.merges !== undefined;
}

const sheetPrOrder = ["tabColor", "outlinePr", "pageSetUpPr"];

/** Puts a child into an element of the sheet that may not be there yet; none for nothing. */
function setChild(sheet: SheetPart, element: string, order: readonly string[], child: string, xml: string): void {
  const present = sheet.get(element) ?? `<${sheet.prefix}${element}/>`;
  const root = rootOf(present);
  const children = elementsIn(present, root.inner, root.innerEnd)
    .map((each) => ({ name: each.name, xml: outerOf(present, each) }))
    .filter(({ name }) => name !== child);
  if (xml !== "") {
    const later = children.findIndex(({ name }) => order.indexOf(name) > order.indexOf(child));
    children.splice(later < 0 ? children.length : later, 0, { name: child, xml });
  }
  const open = present.slice(0, root.inner).replace(/\s*\/?>$/, "");
  const inside = children.map((each) => each.xml).join("");
  const written = inside === "" ? `${open}/>` : `${open}>${inside}</${root.tag}>`;
  if (written !== present) sheet.set(element, written);
}

function setWidths(sheet: SheetPart, widths: NonNullable<SheetLayout["widths"]>): void {
  const present = sheet.get("cols");
  const columns = new Map<number, Record<string, string>>();
  const wide: Record<string, string>[] = [];
  if (present !== undefined) {
    const root = rootOf(present);
    for (const element of elementsIn(present, root.inner, root.innerEnd)) {
      const attributes = attributesOf(present, element);
      const [min, max] = [Number(attributes.min), Number(attributes.max)];
      const last = Math.max(...widths.map(({ column }) => column));
      // What lies beyond the columns that change stays one range.
      for (let column = min; column <= Math.min(max, last); column += 1) columns.set(column, attributes);
      if (max > last) wide.push({ ...attributes, min: String(Math.max(min, last + 1)) });
    }
  }
  for (const { column, width, hidden, grouped } of widths) {
    const { hidden: before, ...attributes } = columns.get(column) ?? {};
    const isHidden = hidden ?? (before === "1" || before === "true");
    columns.set(column, {
      ...attributes,
      width: String(width),
      customWidth: "1",
      ...(isHidden ? { hidden: "1" } : {}),
      ...(grouped && attributes.outlineLevel === undefined ? { outlineLevel: "1" } : {}),
    });
  }
  if (widths.some(({ grouped }) => grouped)) showOutline(sheet);
  // The sign that unfolds a group stands above the column behind it.
  const isFolded = (column: number) => widths.some((each) => each.column === column && each.grouped && each.hidden);
  for (const { column } of widths) {
    const behind = columns.get(column + 1);
    if (behind && isFolded(column) && !isFolded(column + 1)) columns.set(column + 1, { ...behind, collapsed: "1" });
  }
  const ranges: { min: number; max: number; text: string }[] = [];
  for (const [column, { min: _, max: __, ...attributes }] of [...columns].sort(([a], [b]) => a - b)) {
    const text = renderAttributes(attributes);
    const before = ranges.at(-1);
    if (before && before.max === column - 1 && before.text === text) before.max = column;
    else ranges.push({ min: column, max: column, text });
  }
  const narrow = ranges.map(({ min, max, text }) => `<col min="${min}" max="${max}"${text}/>`);
  sheet.set("cols", `<cols>${narrow.join("")}${wide.map((each) => `<col${renderAttributes(each)}/>`).join("")}</cols>`);
}

/** Excel keeps room for the signs of groups only where the sheet says how deep they are. */
function showOutline(sheet: SheetPart): void {
  const present = sheet.get("sheetFormatPr") ?? '<sheetFormatPr defaultRowHeight="15"/>';
  if (!(Number(readAttributes(present).outlineLevelCol) > 0)) {
    sheet.set("sheetFormatPr", withAttribute(present, "outlineLevelCol", 1));
  }
}

function freeze(sheet: SheetPart, { rows, columns }: { rows: number; columns: number }): void {
  const present = sheet.get("sheetViews") ?? '<sheetViews><sheetView workbookViewId="0"/></sheetViews>';
  const root = rootOf(present);
  const [first, ...others] = elementsIn(present, root.inner, root.innerEnd);
  if (!first) return;
  const view = outerOf(present, first);
  const viewRoot = rootOf(view);
  const pane = elementsIn(view, viewRoot.inner, viewRoot.innerEnd).find(({ name }) => name === "pane");
  const { state, xSplit = "0", ySplit = "0" } = pane ? attributesOf(view, pane) : {};
  // A view that is frozen so keeps where people have scrolled and what they have chosen.
  if (rows + columns > 0 && state?.startsWith("frozen") && Number(xSplit) === columns && Number(ySplit) === rows)
    return;
  if (rows + columns === 0 && !pane) return;
  const topLeft = cellAddress(rows + 1, columns + 1);
  const active = rows > 0 && columns > 0 ? "bottomRight" : rows > 0 ? "bottomLeft" : "topRight";
  const { prefix } = sheet;
  const inside =
    rows + columns === 0
      ? ""
      : `<${prefix}pane${renderAttributes({
          xSplit: columns || undefined,
          ySplit: rows || undefined,
          topLeftCell: topLeft,
          activePane: active,
          state: "frozen",
        })}/><${prefix}selection pane="${active}" activeCell="${topLeft}" sqref="${topLeft}"/>`;
  const open = withAttribute(view.slice(0, viewRoot.inner), "topLeftCell", undefined).replace(/\s*\/?>$/, "");
  const written = inside === "" ? `${open}/>` : `${open}>${inside}</${viewRoot.tag}>`;
  const rest = others.map((each) => outerOf(present, each)).join("");
  sheet.set("sheetViews", `${present.slice(0, root.inner)}${written}${rest}</${root.tag}>`);
}

function quoteSheet(name: string): string {
  return `'${name.replaceAll("'", "''")}'`;
}

/** What people filter by stays as long as the filter begins in the same column. */
function setFilter(workbook: WorkbookPart, name: string, sheet: SheetPart, filter: Area): void {
  const ref = areaAddress(filter);
  const present = sheet.get("autoFilter");
  const before =
    present === undefined ? undefined : readArea(readAttributes(present.slice(0, present.indexOf(">"))).ref ?? "");
  if (present === undefined || before?.left !== filter.left) sheet.set("autoFilter", `<autoFilter ref="${ref}"/>`);
  else if (areaAddress(before) !== ref) sheet.set("autoFilter", withAttribute(present, "ref", ref));
  if (workbook.names.some((each) => each.name === "_xlnm._FilterDatabase")) {
    workbook.mapNames((each) =>
      each.name === "_xlnm._FilterDatabase" && workbook.sheets[each.sheet ?? -1]?.name === name
        ? `${quoteSheet(name)}!${fixed(filter)}`
        : each.formula,
    );
  }
}

function fixed({ top, left, bottom, right }: Area): string {
  return `$${columnLetters(left)}$${top}:$${columnLetters(right)}$${bottom}`;
}

const overlaps = (a: Area, b: Area) => a.top <= b.bottom && b.top <= a.bottom && a.left <= b.right && b.left <= a.right;

export function addMerges(sheet: SheetPart, areas: readonly Area[]): void {
  const present = sheet.merges;
  const known = new Set(present.map(areaAddress));
  const added = areas.filter(
    (area) => (area.top !== area.bottom || area.left !== area.right) && !known.has(areaAddress(area)),
  );
  if (added.length === 0) return;
  sheet.merges = [...present.filter((area) => !added.some((each) => overlaps(area, each))), ...added];
}

/** The parts of an area that another does not cover. */
function subtract(area: Area, covered: Area): Area[] {
  if (!overlaps(area, covered)) return [area];
  const top = Math.max(area.top, covered.top);
  const bottom = Math.min(area.bottom, covered.bottom);
  const rest: Area[] = [];
  if (area.top < covered.top) rest.push({ ...area, bottom: covered.top - 1 });
  if (area.bottom > covered.bottom) rest.push({ ...area, top: covered.bottom + 1 });
  if (area.left < covered.left) rest.push({ top, bottom, left: area.left, right: covered.left - 1 });
  if (area.right > covered.right) rest.push({ top, bottom, left: covered.right + 1, right: area.right });
  return rest;
}

/** Ours are known by the title of their message, or as lists that have none and refuse nothing. */
function isOwnValidation({ errorTitle, showErrorMessage, type }: Record<string, string>): boolean {
  const refusesNothing = showErrorMessage === "0" || showErrorMessage === "false";
  return errorTitle === "请检查" || (type === "list" && refusesNothing && !errorTitle);
}

/** What our areas leave of those of a validation; undefined where they are whole columns or rows. */
function areasLeft(sqref: string, ours: readonly { readonly area: Area }[]): string | undefined {
  const areas: Area[] = [];
  for (const reference of sqref.trim().split(/\s+/)) {
    const area = readArea(reference);
    if (!area) return undefined;
    areas.push(area);
  }
  return areas
    .flatMap((area) =>
      ours.reduce<Area[]>((rest, { area: covered }) => rest.flatMap((each) => subtract(each, covered)), [area]),
    )
    .map(areaAddress)
    .join(" ");
}

/** Ours anew; those of people stay in the cells for which we have none. */
function setValidations(sheet: SheetPart, validations: NonNullable<SheetLayout["validations"]>): void {
  const present = sheet.get("dataValidations");
  const kept: string[] = [];
  let attributes: Record<string, string> = {};
  if (present !== undefined) {
    const root = rootOf(present);
    attributes = attributesOf(present, root);
    for (const element of elementsIn(present, root.inner, root.innerEnd)) {
      const own = attributesOf(present, element);
      if (isOwnValidation(own)) continue;
      const left = areasLeft(own.sqref ?? "", validations);
      if (left === undefined) kept.push(outerOf(present, element));
      else if (left !== "") kept.push(withAttribute(outerOf(present, element), "sqref", left));
    }
  }
  // Excel moves lists that stand on another sheet into an extension, ours as well.
  mapExtensions(sheet, "dataValidations", (element) => {
    const root = rootOf(element);
    if (isOwnValidation(attributesOf(element, root))) return "";
    const areas = elementsIn(element, root.inner, root.innerEnd).find(({ name }) => name === "sqref");
    const left = areas && areasLeft(innerOf(element, areas), validations);
    if (!areas || left === undefined) return element;
    return left === "" ? "" : element.slice(0, areas.inner) + left + element.slice(areas.innerEnd);
  });
  const all = [...kept, ...validations.map(renderValidation)];
  sheet.set(
    "dataValidations",
    all.length > 0
      ? `<dataValidations${renderAttributes({ ...attributes, count: all.length })}>${all.join("")}</dataValidations>`
      : "",
  );
}

/**
 * Rewrites the children of a list that stands in an extension of the sheet; a list without children goes, with its
 * extension.
 */
function mapExtensions(sheet: SheetPart, list: string, map: (child: string) => string): void {
  const present = sheet.get("extLst");
  if (present === undefined || !present.includes(list)) return;
  const root = rootOf(present);
  const extensions = elementsIn(present, root.inner, root.innerEnd).map((extension) => {
    const xml = outerOf(present, extension);
    const own = rootOf(xml);
    const found = elementsIn(xml, own.inner, own.innerEnd).find(({ name }) => name === list);
    if (!found) return xml;
    const children = elementsIn(xml, found.inner, found.innerEnd).map((child) => map(outerOf(xml, child)));
    const left = children.filter((child) => child !== "");
    if (left.length === 0) return "";
    const open = xml.slice(found.start, found.inner);
    const counted = /\scount\s*=/.test(open) ? withAttribute(open, "count", left.length) : open;
    return xml.slice(0, found.start) + counted + left.join("") + xml.slice(found.innerEnd);
  });
  const inside = extensions.join("");
  sheet.set("extLst", inside === "" ? "" : `${present.slice(0, root.inner)}${inside}</${root.tag}>`);
}

/** What the core paints conditionally; a rule by a formula that paints so is ours, whichever program has saved it since. */
const ownFills = [palette.errorFill, palette.warningFill, palette.goodFill, palette.computed];

/** What it writes in another colour, and paints nothing. */
const ownInks: readonly string[] = [palette.goodInk, palette.faintInk];

/** Ours anew, before those of people. */
function setConditionalFormats(
  sheet: SheetPart,
  styles: StyleTable,
  formats: NonNullable<SheetLayout["conditionalFormats"]>,
): void {
  const fills = new Set<string>([...ownFills, ...formats.flatMap(({ style }) => style.fill ?? [])]);
  const inks = new Set<string>([
    ...ownInks,
    ...formats.flatMap(({ style }) => (style.fill ? [] : (style.font?.color ?? []))),
  ]);
  const isOwn = (xml: string) => {
    const { type, dxfId } = attributesOf(xml, rootOf(xml));
    if (type !== "expression") return false;
    const look = dxfId === undefined ? xml : styles.differential(Number(dxfId));
    const own = /<(?:[\w.-]+:)?(?:fill|border)[\s>]/.test(look) ? fills : inks;
    return [...look.matchAll(/<(?:[\w.-]+:)?(?:[bf]gC|c)olor\s[^>]*?rgb\s*=\s*["'](?:\w\w)?(\w{6})["']/g)].some(
      ([, colour = ""]) => own.has(colour.toUpperCase()),
    );
  };
  const own = formats.map((format, index) =>
    renderConditionalFormat(format, index + 1, (dxf) => styles.addDifferential(dxf)),
  );
  let priority = own.length;
  /** The rules of people in a `conditionalFormatting`, after ours; "" when there are none. */
  const withoutOwn = (element: string) => {
    const root = rootOf(element);
    const children = elementsIn(element, root.inner, root.innerEnd).map((child) => ({
      isRule: child.name === "cfRule",
      xml: outerOf(element, child),
    }));
    const left = children.filter(({ isRule, xml }) => !isRule || !isOwn(xml));
    if (!left.some(({ isRule }) => isRule)) return "";
    const inside = left.map(({ isRule, xml }) => {
      if (!isRule || attributesOf(xml, rootOf(xml)).priority === undefined) return xml;
      priority += 1;
      return withAttribute(xml, "priority", priority);
    });
    return `${element.slice(0, root.inner)}${inside.join("")}</${root.tag}>`;
  };
  const kept = sheet.all("conditionalFormatting").map(withoutOwn);
  sheet.set("conditionalFormatting", ...own, ...kept.filter((element) => element !== ""));
  // Excel moves formulas that look at another sheet into an extension, ours as well.
  mapExtensions(sheet, "conditionalFormattings", withoutOwn);
}

/** A password that people have set stays, and so does what they allow. */
function protect(sheet: SheetPart, isProtected: boolean): void {
  const present = sheet.get("sheetProtection");
  const hasPassword = present !== undefined && /\s(?:password|hashValue)\s*=/.test(present);
  if (hasPassword) return;
  if (!isProtected) {
    if (present !== undefined) sheet.set("sheetProtection", "");
    return;
  }
  const attributes = present === undefined ? {} : readAttributes(present);
  if (attributes.sheet !== "1" && attributes.sheet !== "true") sheet.set("sheetProtection", protection);
}

function setUpPrinting(workbook: WorkbookPart, name: string, sheet: SheetPart, print: PrintSetup): void {
  const { titleRows, area, margins, header, footer } = print;
  setChild(
    sheet,
    "sheetPr",
    sheetPrOrder,
    "pageSetUpPr",
    withAttribute(childOf(sheet, "sheetPr", "pageSetUpPr") ?? "<pageSetUpPr/>", "fitToPage", "1"),
  );
  sheet.set("printOptions", withAttribute(sheet.get("printOptions") ?? "<printOptions/>", "horizontalCentered", "1"));
  const inches = (mm: number) => Math.round((mm / mmPerInch) * 1000) / 1000;
  if (margins) {
    sheet.set(
      "pageMargins",
      `<pageMargins${renderAttributes({
        left: inches(margins.left),
        right: inches(margins.right),
        top: inches(margins.top),
        bottom: inches(margins.bottom),
        header: 0.3,
        footer: 0.3,
      })}/>`,
    );
  }
  const setup = {
    paperSize: paperA4,
    orientation: print.landscape ? "landscape" : "portrait",
    fitToWidth: 1,
    fitToHeight: 0,
  };
  sheet.set(
    "pageSetup",
    Object.entries(setup).reduce(
      (xml, [attribute, value]) => withAttribute(xml, attribute, value),
      withAttribute(sheet.get("pageSetup") ?? "<pageSetup/>", "scale", undefined),
    ),
  );
  if (header !== undefined) setMargin(sheet, "oddHeader", header);
  if (footer !== undefined) setMargin(sheet, "oddFooter", footer);
  const quoted = quoteSheet(name);
  workbook.setName("_xlnm.Print_Titles", name, titleRows && `${quoted}!$${titleRows[0]}:$${titleRows[1]}`);
  workbook.setName("_xlnm.Print_Area", name, area && `${quoted}!${fixed(area)}`);
}

const marginOrder = ["oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"];

/** What stands above or below every printed page; "" for nothing. */
export function setMargin(sheet: SheetPart, margin: string, text: string): void {
  const xml = text === "" ? "" : `<${sheet.prefix}${margin}>${escapeXml(text)}</${sheet.prefix}${margin}>`;
  setChild(sheet, "headerFooter", marginOrder, margin, xml);
}

export function marginOf(sheet: SheetPart, margin: string): string | undefined {
  const xml = childOf(sheet, "headerFooter", margin);
  return xml === undefined ? undefined : unescapeXml(innerOf(xml, rootOf(xml)));
}

function childOf(sheet: SheetPart, element: string, child: string): string | undefined {
  const xml = sheet.get(element);
  if (xml === undefined) return undefined;
  const root = rootOf(xml);
  const found = elementsIn(xml, root.inner, root.innerEnd).find(({ name }) => name === child);
  return found && outerOf(xml, found);
}
