import Docxtemplater from "docxtemplater";
import PizZip from "pizzip";
import type { FormDocument, TagRecord } from "../../apps-script/core/exports/forms/form.ts";
import { readBytes } from "../disk/disk.ts";
import { InputError } from "../errors.ts";
import { basename } from "../host/paths.ts";
import { unzipParts, type ZipPart, zipParts } from "../office-files/zip.ts";
import { storableText } from "../xlsx/cell-values.ts";
import { ZipError } from "../xlsx/package/zip-archive.ts";
import type { PlacedText } from "./check-tags.ts";
import { fillChart, listCharts, type PlacedChart } from "./docx-charts.ts";
import { nameOfPart, readPlacedTexts } from "./docx-texts.ts";

const xmlHead = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
/** What a form says about itself: nothing of whoever edited the template, since some forms must name nobody. */
const neutralProperties: Readonly<Record<string, string>> = {
  "docProps/core.xml": `${xmlHead}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>评案簿</dc:creator></cp:coreProperties>`,
  "docProps/app.xml": `${xmlHead}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>评案簿</Application></Properties>`,
  "docProps/custom.xml": `${xmlHead}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>`,
};

export interface DocxTemplate {
  readonly path: string;
  readonly bytes: Buffer;
  /** The texts of each part that tags are filled in. */
  readonly texts: readonly (readonly PlacedText[])[];
  readonly charts: readonly PlacedChart[];
  /** The text of a part; "" where there is none. */
  readonly xmlOf: (part: string) => string;
}

/** @throws InputError when the file is no .docx that can be read */
export function readDocxTemplate(path: string): DocxTemplate {
  const bytes = readBytes(path);
  const say = (reason: string, cause: unknown) =>
    new InputError(
      path,
      `模板「${basename(path)}」${reason}。请用 Word 或 WPS 打开，另存为「Word 文档（*.docx）」后再试。`,
      {
        cause,
      },
    );
  try {
    const parts = unzipParts(bytes);
    const xmlOf = (wanted: string) => parts.find(({ name }) => name === wanted)?.content.toString("utf8") ?? "";
    const texts = parts.flatMap((part) => {
      const name = nameOfPart(part.name);
      return name === undefined ? [] : [readPlacedTexts(part.content.toString("utf8"), name)];
    });
    if (texts.length === 0) throw say("不是 Word 文档", undefined);
    const charts = listCharts(xmlOf("word/document.xml"), xmlOf("word/_rels/document.xml.rels"));
    return { path, bytes, texts, charts, xmlOf };
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw say(error instanceof ZipError ? "不是完整的 .docx 文件" : "的内部结构无法解读", error);
  }
}

/** Texts as XML can hold them, at every depth. */
function cleanValues(values: TagRecord): TagRecord {
  return Object.fromEntries(
    Object.entries(values).map(([tag, value]) => [
      tag,
      typeof value === "string" ? storableText(value) : typeof value === "number" ? value : value.map(cleanValues),
    ]),
  );
}

interface TemplateErrors {
  readonly properties?: {
    readonly errors?: readonly { readonly properties?: { readonly xtag?: string } }[];
    readonly xtag?: string;
  };
}

/** What docxtemplater finds beyond what we check: a repeated part that ends in the middle of something. */
function explain(path: string, error: unknown): InputError {
  const { properties } = error as TemplateErrors;
  const found = [properties, ...(properties?.errors ?? []).map((e) => e.properties)].flatMap((p) => p?.xtag ?? []);
  const tags = [...new Set(found.map((tag) => tag.replace(/^[#/]/, "")))];
  return new InputError(
    path,
    `模板「${basename(path)}」无法填写：{#…} 与对应的 {/…} 应写在同一个表格的行里，或都写在表格之外，各自单独成段。${tags.length > 0 ? `有问题的标签：${tags.join("、")}。` : ""}`,
    { cause: error },
  );
}

/**
 * LibreOffice saves “new page before this paragraph” as a break at the end of the paragraph above, which may be that of
 * a `{#…}`: the first of the repeated pages would come after an empty one.
 */
function dropLeadingPageBreak(xml: string): string {
  const first = /<w:body>\s*(<w:p[ >](?:(?!<\/w:p>)[\s\S])*<\/w:p>)/.exec(xml)?.[1] ?? "";
  const hasText = /<w:t(?: [^>]*)?>[^<]/.test(first);
  return !hasText && first.includes('<w:br w:type="page"/>') ? xml.replace(first, "") : xml;
}

/**
 * A .docx with every tag filled; the same template and values make the same bytes.
 *
 * @param chartNames by part: which of `charts` it shows
 * @throws InputError
 */
export function fillDocx(
  { path, bytes }: Pick<DocxTemplate, "path" | "bytes">,
  values: TagRecord,
  charts: FormDocument["charts"] = {},
  chartNames: ReadonlyMap<string, string> = new Map(),
): Uint8Array {
  let zip: PizZip;
  try {
    const document = new Docxtemplater(new PizZip(bytes), {
      paragraphLoop: true,
      linebreaks: true,
      errorLogging: false,
      parser: (tag) => ({ get: (scope: TagRecord) => scope[tag.trim()] }),
      nullGetter: () => "",
    });
    document.render(cleanValues(values));
    zip = document.getZip() as PizZip;
    const body = zip.file("word/document.xml");
    if (body) zip.file("word/document.xml", dropLeadingPageBreak(body.asText()));
    for (const [part, name] of chartNames) {
      const [chart, data] = [zip.file(part), charts[name]];
      if (chart && data) zip.file(part, fillChart(chart.asText(), data));
    }
  } catch (error) {
    throw explain(path, error);
  }
  const parts: ZipPart[] = Object.values(zip.files).flatMap((file) =>
    file.dir ? [] : [{ name: file.name, content: Buffer.from(neutralProperties[file.name] ?? file.asUint8Array()) }],
  );
  return zipParts(parts, { compress: true });
}
