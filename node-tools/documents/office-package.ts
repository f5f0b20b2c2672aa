import type { ByteSource } from "./byte-source.ts";
import type { ReadingBudget } from "./limits.ts";
import { type OpenedZip, openZip, type ZipPart } from "./open-zip.ts";
import { parseXml } from "./parse-xml.ts";

export interface Relation {
  readonly id: string;
  /** The last word of the type: `slide`, `notesSlide`, `hyperlink`, `attachedTemplate` … */
  readonly type: string;
  /** The part's name for what lies inside, the address for what lies outside. */
  readonly target: string;
  readonly external: boolean;
}

/** A .docx, .pptx or .xlsx: parts, what each is, and which part refers to which (ECMA-376 part 2). */
export interface OfficePackage {
  readonly zip: OpenedZip;
  /** The content type of a part, as [Content_Types].xml gives it, lower case; "" where it gives none. */
  readonly typeOf: (part: ZipPart) => string;
  readonly part: (name: string) => ZipPart | undefined;
  /** What a part refers to; `""` for the package as a whole. */
  readonly relationsOf: (name: string) => Promise<readonly Relation[]>;
}

const key = (name: string) => name.replace(/^\//, "").toLowerCase();

/** `../media/a.png` seen from `ppt/slides/slide1.xml` is `ppt/media/a.png`; never leaves the package. */
function resolveTarget(from: string, target: string): string {
  const folders = target.startsWith("/") ? [] : from.split("/").slice(0, -1);
  for (const step of target.split("/")) {
    if (step === "..") folders.pop();
    else if (step !== "." && step !== "") folders.push(step);
  }
  return folders.join("/");
}

function relationsPart(name: string): string {
  const at = name.lastIndexOf("/") + 1;
  return `${name.slice(0, at)}_rels/${name.slice(at)}.rels`;
}

/** @throws UnreadableError where the file is no zip, or one that cannot be read */
export async function openOfficePackage(source: ByteSource, budget: ReadingBudget): Promise<OfficePackage> {
  const zip = await openZip(source, budget);
  const byName = new Map<string, ZipPart>();
  for (const part of zip.parts) if (!byName.has(key(part.name))) byName.set(key(part.name), part);
  const part = (name: string) => byName.get(key(name));

  const overrides = new Map<string, string>();
  const defaults = new Map<string, string>();
  const types = part("[Content_Types].xml");
  if (types) {
    await parseXml(await types.stream(), {
      open(element, attribute) {
        const type = attribute("ContentType")?.toLowerCase() ?? "";
        if (element === "Override") overrides.set(key(attribute("PartName") ?? ""), type);
        if (element === "Default") defaults.set((attribute("Extension") ?? "").toLowerCase(), type);
      },
    });
  }

  const known = new Map<string, readonly Relation[]>();
  return {
    zip,
    part,
    typeOf: ({ name }) =>
      overrides.get(key(name)) ?? defaults.get(name.slice(name.lastIndexOf(".") + 1).toLowerCase()) ?? "",
    async relationsOf(name) {
      const from = key(name);
      const earlier = known.get(from);
      if (earlier) return earlier;
      const relations: Relation[] = [];
      const source = part(relationsPart(name));
      if (source) {
        await parseXml(await source.stream(), {
          open(element, attribute) {
            if (element !== "Relationship") return;
            const external = attribute("TargetMode") === "External";
            const target = attribute("Target") ?? "";
            relations.push({
              id: attribute("Id") ?? "",
              type: (attribute("Type") ?? "").replace(/^.*\//, ""),
              target: external ? target : resolveTarget(name, target),
              external,
            });
          },
        });
      }
      known.set(from, relations);
      return relations;
    },
  };
}

/** The part's name without folders: what people see where a program shows it at all. */
export const shortName = (part: { readonly name: string }): string => part.name.slice(part.name.lastIndexOf("/") + 1);
