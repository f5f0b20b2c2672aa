import { escapeXml, unescapeXml } from "../xml.ts";
import {
  allElements,
  attributesOf,
  elementsIn,
  innerOf,
  outerOf,
  plainMarkup,
  prefixOf,
  rootOf,
  splice,
} from "./markup.ts";
import type { PackageFile } from "./package-file.ts";
import { addRelationship, readRelationships, removeRelationship } from "./part-relationships.ts";
import type { WorkbookPart } from "./workbook-part.ts";

const custom = {
  type: "application/vnd.openxmlformats-officedocument.custom-properties+xml",
  namespace: "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
  set: "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}",
};
const variantTypes = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes";

/** The part that the package names as its properties of a kind; where programs put it when it names none. */
function partOf(file: PackageFile, kind: "core" | "extended" | "custom"): string {
  const found = readRelationships(file, "").find(({ type, target }) => {
    return type.replace("P", "-p") === `${kind}-properties` && file.archive.has(target);
  });
  return (
    found?.target ?? { core: "docProps/core.xml", extended: "docProps/app.xml", custom: "docProps/custom.xml" }[kind]
  );
}

/** Name of the file property that holds the colour of one place, counted from 1. */
const fillProperty = "casebook-fill-";

/** The colours under marks, as JSON, in the order of their places. */
export function readFillsUnderMarks(file: PackageFile): string[] {
  const xml = plainMarkup(file.readText(partOf(file, "custom")) ?? "");
  const fills: string[] = [];
  for (const element of xml === "" ? [] : allElements(xml, "property")) {
    const { name = "" } = attributesOf(xml, element);
    const place = name.startsWith(fillProperty) ? Number(name.slice(fillProperty.length)) : 0;
    const [value] = allElements(innerOf(xml, element), "lpwstr");
    if (!(place > 0 && place < 64) || !value) continue;
    const text = innerOf(innerOf(xml, element), value);
    fills[place - 1] = unescapeXml(text);
  }
  return Array.from(fills, (fill) => fill ?? "");
}

/** Other properties, which people and programs have set, stay. */
export function writeFillsUnderMarks(file: PackageFile, fills: readonly string[]): void {
  const before = readFillsUnderMarks(file);
  if (fills.length === before.length && fills.every((fill, i) => fill === before[i])) return;
  const path = partOf(file, "custom");
  const present = file.readText(path);
  const xml = plainMarkup(
    present ??
      '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
        `<Properties xmlns="${custom.namespace}" xmlns:vt="${variantTypes}"></Properties>`,
  );
  const root = rootOf(xml);
  const tag = `${prefixOf(root)}property`;
  const declares = /\sxmlns:vt\s*=/.test(xml.slice(root.start, root.inner));
  const value = declares ? "vt:lpwstr" : `vt:lpwstr xmlns:vt="${variantTypes}"`;
  const elements = allElements(xml, "property");
  const own = elements.filter((element) => (attributesOf(xml, element).name ?? "").startsWith(fillProperty));
  const others = elements.filter((element) => !own.includes(element));
  const ids = others.map((element) => Number(attributesOf(xml, element).pid ?? 1));
  const first = Math.max(1, ...ids) + 1;
  const written = fills
    .map(
      (fill, i) =>
        `<${tag} fmtid="${custom.set}" pid="${first + i}" name="${fillProperty}${i + 1}">` +
        `<${value}>${escapeXml(fill)}</vt:lpwstr></${tag}>`,
    )
    .join("");
  const kept = others.map((element) => outerOf(xml, element)).join("");
  const open = xml.slice(0, root.inner).replace(/\s*\/>$/, ">");
  const text = `${open}${kept}${file.spell(written)}</${root.tag}>`;
  if (present !== undefined) file.writeText(path, text);
  else {
    file.addPart(path, text, custom.type);
    addRelationship(file, "", "custom-properties", path);
  }
}

export function readProperties(file: PackageFile): { title: string; creator: string } {
  const xml = plainMarkup(file.readText(partOf(file, "core")) ?? "");
  const read = (name: string) => allElements(xml, name).map((element) => unescapeXml(innerOf(xml, element)))[0] ?? "";
  return { title: read("title"), creator: read("creator") };
}

/** Title and maker of the file; nothing about people is left, in properties of their own neither. */
export function writeProperties(file: PackageFile, title: string, creator: string): void {
  const text =
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" ' +
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" ' +
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
    `<dc:title>${escapeXml(title)}</dc:title><dc:creator>${escapeXml(creator)}</dc:creator>` +
    `<cp:lastModifiedBy>${escapeXml(creator)}</cp:lastModifiedBy></cp:coreProperties>`;
  const [core, own] = [partOf(file, "core"), partOf(file, "custom")];
  if (file.readText(core) !== undefined) file.writeText(core, text);
  else {
    file.addPart(core, text, "application/vnd.openxmlformats-package.core-properties+xml");
    addRelationship(file, "", "metadata/core-properties", core);
  }
  if (file.readText(own) !== undefined) {
    const none = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="${custom.namespace}"/>`;
    file.writeText(own, file.spell(none));
  }
  file.editText(partOf(file, "extended"), (xml) => {
    const plain = plainMarkup(xml);
    const people = elementsIn(plain, rootOf(plain).inner, rootOf(plain).innerEnd).filter(({ name }) =>
      /^(Manager|Company)$/.test(name),
    );
    return people.length === 0
      ? xml
      : splice(
          plain,
          people.map(({ start, end }) => ({ start, end, text: "" })),
        );
  });
}

/** What programs note about who has worked on a file, on which machine and with whom. */
const traces = /^(customXml|docMetadata|xl\/(printerSettings|persons|threadedComments))\/|^docProps\/thumbnail/i;

/** Takes out of a file that is to be published what tells of people besides its cells and notes. */
export function dropTraces(file: PackageFile, workbook: WorkbookPart): void {
  workbook.dropTraces();
  const owners = file.archive.names.flatMap((name) => {
    const [, folder, part] = /^(.*?)_rels\/([^/]*)\.rels$/.exec(name) ?? [];
    return part === undefined ? [] : [`${folder}${part}`];
  });
  for (const owner of owners) {
    for (const { id, target } of readRelationships(file, owner)) {
      if (traces.test(target)) removeRelationship(file, owner, id);
    }
  }
  for (const name of [...file.archive.names]) if (traces.test(name)) file.removePart(name);
}

/** A program name that is not Excel's makes the office programs calculate the formulas on opening. */
export function nameProgram(file: PackageFile): void {
  const path = partOf(file, "extended");
  const text = file.readText(path);
  if (text === undefined) {
    const written =
      '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
      '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>评案簿</Application></Properties>';
    file.addPart(path, written, "application/vnd.openxmlformats-officedocument.extended-properties+xml");
    const known = readRelationships(file, "").some(({ target }) => target === path);
    if (!known) addRelationship(file, "", "extended-properties", path);
    return;
  }
  const xml = plainMarkup(text);
  const places = [...allElements(xml, "Application"), ...allElements(xml, "AppVersion")].sort(
    (a, b) => a.start - b.start,
  );
  const pieces = places.map(({ name, start, end, tag }) => ({
    start,
    end,
    // The version is that of the program named before.
    text: name === "Application" ? `<${tag}>评案簿</${tag}>` : "",
  }));
  const renamed = splice(xml, pieces);
  if (renamed !== xml) file.writeText(path, renamed);
}
