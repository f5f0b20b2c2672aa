/**
 * .docx, .pptx, .xlsx without what says who wrote them: properties, authors and times of comments and changes, revision marks,
 * data of programs, pictures' own properties, addresses of the author's machine. All that is shown stays.
 */

import { readingLimits, UnreadableError } from "../documents/limits.ts";
import { decodeAddress } from "../documents/restore-chinese.ts";
import { newZip, openZip, unzipParts } from "../office-files/zip.ts";
import { allElements, MarkupError, plainMarkup, splice } from "../xlsx/package/markup.ts";
import { type ZipArchive, ZipError } from "../xlsx/package/zip-archive.ts";
import { escapeXml, unescapeXml } from "../xlsx/xml.ts";
import { damaged, pathOfMachine, type Reveals } from "./cleaned.ts";
import { unlinkFields } from "./unlink-fields.ts";

/** Cleans what lies in the package: a picture, a film, another package. */
export type EmbeddedCleaner = (name: string, bytes: Buffer, depth: number) => Promise<Buffer>;

/** Parts that nothing shown is made of; those that bear another name are known by what refers to them. */
const droppedNames =
  /^(?:docProps\/|docMetadata\/|package\/services\/|customXml\/|_xmlsignatures\/|\[trash\]\/|ppt\/tags\/|(?:.*\/)?documenttasks\/|word\/glossary\/|word\/people\.xml$|word\/comments(?:Extensible|Ids)\d*\.xml$|xl\/revisions\/|xl\/customProperty|ppt\/(?:changesInfos\/|revisionInfo\.xml$)|(?:.*\/)?printerSettings)/i;

const droppedRelations =
  /\/(?:(?:core|extended|custom)-properties|thumbnail|glossaryDocument|customXml|customXmlProps|printerSettings|tags|documenttasks|attachedTemplate|people|commentsIds|commentsExtensible|signature|origin)$/;

/** Elements that go with all they hold. */
const droppedElements: readonly (readonly [RegExp, readonly string[]])[] = [
  [/settings\.xml$/i, ["rsids", "attachedTemplate", "docVars", "docId", "mailMerge", "saveThroughXslt"]],
  [/^word\/[^/]*\.xml$/i, ["dataBinding", "printerSettings", "alias", "tag"]],
  // They refer to parts with data of programs.
  [/^ppt\/.*\.xml$/i, ["custDataLst"]],
  [/^xl\/workbook\.xml$/i, ["absPath", "revisionPtr", "customWorkbookViews"]],
  [/^xl\/(?:work|chart|dialog)sheets\/[^/]*\.xml$/i, ["customProperties", "customSheetViews"]],
];

const startTag = /<[A-Za-z_][^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>/g;
// Begins only where the spaces do: a tag of nothing but spaces is gone through once.
const attribute = /(?<!\s)\s+([\w:.-]+)\s*=\s*("[^"]*"|'[^']*')/g;
/** A tag without one of these has nothing to change. */
const telling =
  /author|initials|rsid|userName|userId|displayName|cmAuthor|permStart|descr|title|name=|created|\bd[tT]=|pageSetup|tooltip|href|refreshedBy|scenario|sourceFile|odcFile|connection=|bookmarkStart|anchor|val=|gfxdata/i;
const localName = (name: string) => name.slice(name.indexOf(":") + 1);

/** Gives every author a name that tells only one from the other. */
class Authors {
  private readonly numbers = new Map<string, number>();

  nameFor(author: string): string {
    if (author.trim() === "") return author;
    const number = this.numbers.get(author) ?? this.numbers.size + 1;
    this.numbers.set(author, number);
    return `审阅者${number}`;
  }

  private readonly marks = new Map<string, number>();

  /** A name that places in the text refer to, or a style's. */
  markFor(what: string, name: string): string {
    const number = this.marks.get(name) ?? this.marks.size + 1;
    this.marks.set(name, number);
    return `${what}${number}`;
  }
}

type NewValue = (value: string) => string | undefined;
const gone: NewValue = () => undefined;
const empty: NewValue = () => "";

/** What becomes of an attribute; undefined where it stays. */
function changeFor(
  tag: string,
  name: string,
  isByAuthor: boolean,
  authors: Authors,
  reveals: Reveals,
): NewValue | undefined {
  const anonymous: NewValue = (value) => authors.nameFor(value);
  if (/^rsid/.test(name)) return gone;
  if (name === "author") return anonymous;
  if (name === "initials") return () => "审";
  if (isByAuthor && (name === "date" || name === "dateUtc")) return gone;
  if (name === "dt" || name === "dT") return /^(?:cm|threadedComment)$/.test(tag) ? gone : undefined;
  if (name === "created") return /^(?:cm|reply)$/.test(tag) ? () => "2000-01-01T00:00:00.000" : undefined;
  if (tag === "cmAuthor" || tag === "author" || tag === "person") {
    if (name === "name" || name === "displayName") return anonymous;
    if (name === "userId") return empty;
    if (name === "providerId") return () => "None";
  }
  if (tag === "fileSharing" && name === "userName") return gone;
  if (tag === "permStart" && name === "ed") return gone;
  // The part with the settings of a printer has gone.
  if (tag === "pageSetup" && name === "id") return gone;
  if (name === "refreshedBy" || name === "sourceFile" || name === "odcFile") return gone;
  if (tag === "dbPr" && name === "connection") return empty;
  if (tag === "scenario" && (name === "user" || name === "comment")) return gone;
  if (tag === "presenceInfo") return name === "userId" ? empty : name === "providerId" ? () => "None" : undefined;
  const isMark = (tag === "bookmarkStart" && name === "name") || (tag === "hyperlink" && name === "anchor");
  if (isMark) return (value) => (reveals(value) ? authors.markFor("书签", value) : value);
  // What styles, themes and sounds are called.
  if (tag === "name" && name === "val") return (value) => (reveals(value) ? authors.markFor("样式", value) : value);
  const isCalled = /^(?:theme|clrScheme|fontScheme|fmtScheme|snd|cellStyle|custShow)$/.test(tag) && name === "name";
  if (isCalled) return (value) => (reveals(value) ? authors.markFor("名称", value) : value);
  if (tag === "sheetName" && name === "val")
    return (value) => (reveals(value) ? authors.markFor("名称", value) : value);
  if (name === "gfxdata") return (value) => (isOnlyDrawing(value, reveals) ? value : undefined);
  if (name === "tooltip" || name === "href") return (value) => (tellsWhere(value, reveals) ? "" : value);
  if (/^(?:descr|title|name|alt)$/.test(name) && /^(?:cNvPr|docPr|imagedata|shape|fill)$/.test(tag))
    return (value) => (pathOfMachine.test(value) || reveals(value) ? "" : value);
  return undefined;
}

/** A drawing once more, packed as a document of its own, as Word keeps it for itself beside the one that all programs show. */
function isOnlyDrawing(packed: string, reveals: Reveals): boolean {
  try {
    const parts = unzipParts(Buffer.from(packed, "base64"));
    return parts.every(({ name, content }) => {
      const text = content.toString();
      return /\.(?:xml|rels)$/.test(name) && !/[a-z]:[\\/](?!\/)|file:|External/i.test(text) && !reveals(text);
    });
  } catch {
    return false;
  }
}

function changeTag(xml: string, authors: Authors, reveals: Reveals): string {
  const tag = localName(/^<([^\s/>]+)/.exec(xml)?.[1] ?? "");
  const isByAuthor = /\sw?:?author\s*=/.test(xml) || /:author\s*=/.test(xml);
  return xml.replace(attribute, (whole: string, name: string, quoted: string) => {
    const change = changeFor(tag, localName(name), isByAuthor, authors, reveals);
    if (!change) return whole;
    const before = unescapeXml(quoted.slice(1, -1));
    const after = change(before);
    return after === undefined ? "" : after === before ? whole : ` ${name}="${escapeXml(after)}"`;
  });
}

function withoutElements(xml: string, name: string): string {
  const found = allElements(xml, name);
  return found.length === 0
    ? xml
    : splice(
        xml,
        found.map(({ start, end }) => ({ start, end, text: "" })),
      );
}

/** They show a property, which goes: what they show stays as a text. */
const fieldOfProperties =
  /^\s*(?:TITLE|SUBJECT|AUTHOR|KEYWORDS|COMMENTS|INFO|DOCPROPERTY|DOCVARIABLE|FILENAME|TEMPLATE|LASTSAVEDBY|USER(?:NAME|INITIALS|ADDRESS)|(?:CREATE|SAVE|PRINT)DATE|EDITTIME|REVNUM)(?![\w])/i;
const pathInCode = /file:|(?:^|[\s"])(?:[A-Za-z]:[\\/]|\\\\|\.\.[\\/]|\/(?:Users|home|var)\/)|mailto:/i;

const isUnlinked = (code: string, reveals: Reveals) =>
  fieldOfProperties.test(code) || pathInCode.test(code) || reveals(decodeAddress(code));

function cleanMarkup(part: string, plain: string, authors: Authors, reveals: Reveals): string {
  let xml = plain;
  for (const [parts, names] of droppedElements)
    if (parts.test(part)) for (const name of names) xml = withoutElements(xml, name);
  if (/^word\//i.test(part)) xml = unlinkFields(xml, (code) => isUnlinked(code, reveals));
  if (/^xl\/workbook\.xml$/i.test(part))
    xml = xml.replace(
      /<mc:AlternateContent\b[^>]*>\s*<mc:Choice\b[^>]*>\s*<\/mc:Choice>\s*<\/mc:AlternateContent>/g,
      "",
    );
  // The list of those who commented: names as the text of elements.
  if (/^xl\/comments[^/]*\.xml$/i.test(part))
    xml = xml.replace(
      /(<(?:\w+:)?author>)([^<]*)(<\/(?:\w+:)?author>)/g,
      (_, open: string, name: string, close: string) => `${open}${authors.nameFor(unescapeXml(name))}${close}`,
    );
  return xml.replace(startTag, (tag) => (telling.test(tag) ? changeTag(tag, authors, reveals) : tag));
}

/** `../media/a.png` seen from `ppt/slides/_rels/slide1.xml.rels` is `ppt/media/a.png`. */
function targetOf(relations: string, target: string): string {
  if (target.startsWith("/")) return target.slice(1);
  const folders = relations.split("/").slice(0, -2);
  for (const step of target.split("/")) {
    if (step === "..") folders.pop();
    else if (step !== "." && step !== "") folders.push(step);
  }
  return folders.join("/");
}

const attributeOf = (tag: string, name: string) =>
  unescapeXml(
    new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`)
      .exec(tag)
      ?.slice(1)
      .find((v) => v !== undefined) ?? "",
  );

/** Somewhere on a machine, a mail address, somebody's own disk on the web, or an address that names somebody. */
const tellsWhere = (target: string, reveals: Reveals) =>
  pathOfMachine.test(target) ||
  /^mailto:|^https?:\/\/(?:[^/]*-my\.sharepoint\.|d\.docs\.live\.net)/i.test(target) ||
  reveals(decodeAddress(target));

/** A page or a picture on the web, or a place in the document: another target is a file beside it, which the experts do not have. */
const leadsToAll = (target: string, type: string) =>
  /^(?:#|NULL$)/.test(target) || (/^(?:https?|ftp):/i.test(target) && !/\/externalLink(?:Path|LongPath)?$/.test(type));

type IsDropped = (name: string) => boolean;

/** Names of parts, in lower case, that something refers to as to properties and the like. */
function droppedByRelation(read: (name: string) => Buffer, parts: readonly string[]): Set<string> {
  const names = new Set<string>();
  for (const name of parts) {
    if (!/\.rels$/i.test(name)) continue;
    for (const [tag] of decodePart(read(name)).matchAll(/<(?:\w+:)?Relationship(?=\s)[^>]*>/g))
      if (droppedRelations.test(attributeOf(tag, "Type")) && attributeOf(tag, "TargetMode") !== "External")
        names.add(targetOf(name, attributeOf(tag, "Target")).toLowerCase());
  }
  return names;
}

function cleanRelations(part: string, plain: string, isDropped: IsDropped, reveals: Reveals): string {
  return plain.replace(/<(?:\w+:)?Relationship(?=\s)[^>]*>/g, (tag) => {
    const target = attributeOf(tag, "Target");
    const type = attributeOf(tag, "Type");
    if (droppedRelations.test(type)) return "";
    if (attributeOf(tag, "TargetMode") !== "External") return isDropped(targetOf(part, target)) ? "" : tag;
    const isGone = !leadsToAll(target, type) || tellsWhere(target, reveals);
    return isGone ? tag.replace(/(\sTarget\s*=\s*)(?:"[^"]*"|'[^']*')/, '$1"about:blank"') : tag;
  });
}

const cleanTypes = (plain: string, isDropped: IsDropped) =>
  plain.replace(/<(?:\w+:)?Override(?=\s)[^>]*>/g, (tag) =>
    isDropped(attributeOf(tag, "PartName").replace(/^\//, "")) ? "" : tag,
  );

/** The relations of a part that goes go with it. */
const isRelationsOf = (name: string, isDropped: IsDropped) =>
  /(?:^|\/)_rels\/.+\.rels$/i.test(name) && isDropped(name.replace(/_rels\/([^/]*)\.rels$/i, "$1"));

/** @throws UnreadableError where it is in none of the encodings that a part may be in */
function decodePart(content: Buffer): string {
  const isLittle = content[0] === 0xff && content[1] === 0xfe;
  const isWide = isLittle || (content[0] === 0xfe && content[1] === 0xff);
  try {
    const text = new TextDecoder(isWide ? (isLittle ? "utf-16le" : "utf-16be") : "utf-8", { fatal: true }).decode(
      content,
    );
    return isWide
      ? text.replace(/^\s*<\?xml[^>]*\?>/, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>')
      : text;
  } catch {
    throw damaged();
  }
}

/** @throws UnreadableError */
function ofZip<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ZipError && error.reason === "too large")
      throw new UnreadableError("解压后过大，无法清除其中的身份信息；请压缩其中的图片或视频后重新提交");
    throw damaged();
  }
}

/** A part is unpacked where it is asked for: films in slides are large. */
const partReader = (archive: ZipArchive) => (name: string) =>
  ofZip(() => {
    const content = archive.read(name) ?? new Uint8Array();
    return Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  });

const packedAlready = /\.(?:mp4|m4v|mov|wmv|avi|mkv|webm|mp3|m4a|jpe?g|png|gif|webp)$/i;

const kinds = { word: ".docx", ppt: ".pptx", xl: ".xlsx" } as const;

/** By what the package says of its main part: a template opens under the name of a template only. */
function extensionOf(types: string, folder: keyof typeof kinds): string {
  const isTemplate = /(?:document|presentationml|spreadsheetml)\.template\.main\+xml/.test(types);
  if (isTemplate) return { word: ".dotx", ppt: ".potx", xl: ".xltx" }[folder];
  return /slideshow\.main\+xml/.test(types) ? ".ppsx" : kinds[folder];
}

/**
 * @param depth of packages around this one
 * @returns undefined for a zip that is no such package
 * @throws UnreadableError
 */
export async function cleanOffice(
  bytes: Buffer,
  reveals: Reveals,
  cleanEmbedded: EmbeddedCleaner,
  depth = 0,
): Promise<{ readonly extension: string; readonly bytes: Buffer } | undefined> {
  const archive = ofZip(() => openZip(bytes));
  const [parts, read] = [archive.names, partReader(archive)];
  const types = parts.find((name) => name.toLowerCase() === "[content_types].xml");
  const folder = (["word", "ppt", "xl"] as const).find((each) =>
    parts.some((name) => name.toLowerCase().startsWith(`${each}/`)),
  );
  if (types === undefined || !folder) return undefined;
  if (parts.some((name) => /vbaProject[^/]*\.bin$/i.test(name)))
    throw new UnreadableError(`含有宏，无法清除其中的身份信息；请另存为 ${kinds[folder]} 后重新提交`);
  if (parts.some((name) => /^xl\/workbook\.bin$/i.test(name)))
    throw new UnreadableError("是二进制工作簿（.xlsb），无法清除其中的身份信息；请另存为 .xlsx 后重新提交");
  if (depth > readingLimits.nesting) throw new UnreadableError("里面的文件嵌套过深；请删去后重新保存");
  const authors = new Authors();
  const byRelation = droppedByRelation(read, parts);
  const isDropped: IsDropped = (name) => droppedNames.test(name) || byRelation.has(name.toLowerCase());
  const fresh = newZip();
  for (const name of parts) {
    if (isDropped(name) || isRelationsOf(name, isDropped)) continue;
    const content = await cleanPart(name, read(name));
    if (packedAlready.test(name)) fresh.writeStored(name, content);
    else fresh.writePacked(name, content);
  }
  const packed = fresh.pack();
  return {
    extension: extensionOf(read(types).toString("latin1"), folder),
    bytes: Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength),
  };

  async function cleanPart(name: string, content: Buffer): Promise<Uint8Array> {
    if (!/\.(?:xml|rels|vml)$/i.test(name)) return cleanEmbedded(name, content, depth + 1);
    try {
      const plain = plainMarkup(decodePart(content));
      if (name.toLowerCase() === "[content_types].xml") return Buffer.from(cleanTypes(plain, isDropped));
      if (/\.rels$/i.test(name)) return Buffer.from(cleanRelations(name, plain, isDropped, reveals));
      return Buffer.from(cleanMarkup(name, plain, authors, reveals));
    } catch (error) {
      if (error instanceof MarkupError) throw damaged();
      throw error;
    }
  }
}
