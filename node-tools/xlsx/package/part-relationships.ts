import { escapeXml } from "../xml.ts";
import { attributesOf, elementsIn, insertInto, plainMarkup, prefixOf, rootOf, withPrefix } from "./markup.ts";
import type { PackageFile } from "./package-file.ts";

export interface Relationship {
  readonly id: string;
  /** Last word of the type's address: `worksheet`, `comments`… */
  readonly type: string;
  /** Name of a part, or an address outside. */
  readonly target: string;
}

const transitional = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const strict = "http://purl.oclc.org/ooxml/officeDocument/relationships";
const packageNamespace = "http://schemas.openxmlformats.org/package/2006/relationships";

/** A type by its last word, as the workbook spells it; properties of the core are the package's own. */
function typeAddress(file: PackageFile, type: string): string {
  if (type === "metadata/core-properties") return `${packageNamespace}/${type}`;
  if (!file.isStrict) return `${transitional}/${type}`;
  return `${strict}/${type.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())}`;
}

/** The file of the relationships of a part; of the package itself for nothing. */
function fileOf(part: string): string {
  const slash = part.lastIndexOf("/");
  return `${part.slice(0, slash + 1)}_rels/${part.slice(slash + 1)}.rels`;
}

function resolve(folder: string, spelt: string): string {
  const target = spelt.replaceAll("\\", "/");
  if (target.startsWith("/")) return target.slice(1);
  const path = folder === "" ? [] : folder.split("/");
  for (const step of target.split("/")) {
    if (step === "..") path.pop();
    else if (step !== "." && step !== "") path.push(step);
  }
  return path.join("/");
}

/** The part as the archive spells it: letters may differ in size, and characters be written by their bytes. */
function findPart(file: PackageFile, name: string): string {
  const found = file.archive.find(name);
  if (found !== undefined || !name.includes("%")) return found ?? name;
  try {
    return file.archive.find(decodeURIComponent(name)) ?? name;
  } catch {
    return name;
  }
}

/** How a part names another. */
function relative(folder: string, target: string): string {
  const from = folder === "" ? [] : folder.split("/");
  const to = target.split("/");
  let same = 0;
  while (same < from.length && same < to.length - 1 && from[same] === to[same]) same += 1;
  return [...from.slice(same).map(() => ".."), ...to.slice(same)].join("/");
}

export function readRelationships(file: PackageFile, part: string): Relationship[] {
  const xml = file.readText(fileOf(part));
  if (xml === undefined) return [];
  const plain = plainMarkup(xml);
  const root = rootOf(plain);
  const folder = part.slice(0, Math.max(0, part.lastIndexOf("/")));
  return elementsIn(plain, root.inner, root.innerEnd).map((element) => {
    const { Id = "", Type = "", Target = "", TargetMode } = attributesOf(plain, element);
    return {
      id: Id,
      type: Type.slice(Type.lastIndexOf("/") + 1),
      target: TargetMode === "External" ? Target : findPart(file, resolve(folder, Target)),
    };
  });
}

/** Adds a relationship of a part; its id. A strict document gets the strict type. */
export function addRelationship(
  file: PackageFile,
  part: string,
  type: string,
  target: string,
  mode: "inside" | "outside" = "inside",
): string {
  const name = fileOf(part);
  const xml =
    file.readText(name) ??
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="${packageNamespace}"></Relationships>`;
  const plain = plainMarkup(xml);
  const root = rootOf(plain);
  const taken = new Set(readRelationships(file, part).map(({ id }) => id));
  let number = taken.size + 1;
  while (taken.has(`rId${number}`)) number += 1;
  const id = `rId${number}`;
  const folder = part.slice(0, Math.max(0, part.lastIndexOf("/")));
  const element = withPrefix(
    `<Relationship Id="${id}" Type="${typeAddress(file, type)}" ` +
      `Target="${escapeXml(mode === "outside" ? target : relative(folder, target))}"` +
      `${mode === "outside" ? ' TargetMode="External"' : ""}/>`,
    prefixOf(root),
  );
  file.writeText(name, insertInto(plain, root, element, "last"));
  return id;
}

export function removeRelationship(file: PackageFile, part: string, id: string): void {
  const xml = file.readText(fileOf(part));
  if (xml === undefined) return;
  const plain = plainMarkup(xml);
  const root = rootOf(plain);
  const found = elementsIn(plain, root.inner, root.innerEnd).find((element) => attributesOf(plain, element).Id === id);
  if (found) file.writeText(fileOf(part), plain.slice(0, found.start) + plain.slice(found.end));
}
