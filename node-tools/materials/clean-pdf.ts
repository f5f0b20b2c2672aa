/**
 * A PDF written anew from what its pages are made of: no properties, no XMP, no earlier versions, no names in comments, no
 * attachments, no scripts. Contents of pages, fonts and pictures stay byte for byte; in JPEGs only the picture stays.
 */
import {
  PDFArray,
  type PDFContext,
  PDFDict,
  PDFHexString,
  PDFName,
  type PDFObject,
  PDFParser,
  PDFRawStream,
  PDFRef,
  PDFString,
  PDFWriter,
} from "pdf-lib";
import { UnreadableError } from "../documents/limits.ts";
import { decodeAddress } from "../documents/restore-chinese.ts";
import { cleanJpeg } from "./clean-image.ts";
import { damaged, type Reveals } from "./cleaned.ts";

const name = (text: string) => PDFName.of(text);

/** In any dictionary: when and by what it was made, scripts, thumbnails. */
const everywhere = ["Metadata", "PieceInfo", "LastModified", "CreatorInfo", "Thumb", "AA", "AF"].map(name);
const inCatalog = ["Collection", "Perms", "DSS", "Legal", "SpiderInfo"].map(name);
const inAnnotation = ["NM", "M", "CreationDate", "Subj"].map(name);
/** Their entries are named by whoever made the file: a font may be called AA. */
const namedIn: Readonly<Record<string, readonly PDFName[]>> = {
  Resources: ["Font", "XObject", "ExtGState", "ColorSpace", "Pattern", "Shading", "Properties"].map(name),
  DR: ["Font", "XObject", "ExtGState", "ColorSpace", "Pattern", "Shading", "Properties"].map(name),
  AP: ["N", "R", "D"].map(name),
};
const namedItself = ["CharProcs", "Dests", "ClassMap", "RoleMap", "Colorants"].map(name);
const inForm = ["XFA", "SigFlags"].map(name);
const objectsAtOnce = Number.POSITIVE_INFINITY;

const textOf = (value: PDFObject | undefined): string =>
  value instanceof PDFString || value instanceof PDFHexString ? value.decodeText() : "";

class PdfCleaner {
  readonly without: string[] = [];
  private readonly seen = new Set<PDFObject>();
  private readonly reached = new Set<PDFRef>();
  /** Dictionaries whose keys are names of the file's own. */
  private readonly named = new Set<PDFObject>();

  constructor(
    private readonly context: PDFContext,
    private readonly reveals: Reveals,
  ) {}

  clean(): void {
    const { trailerInfo } = this.context;
    const root = this.context.lookup(trailerInfo.Root);
    if (!(root instanceof PDFDict) || !(trailerInfo.Root instanceof PDFRef)) throw damaged();
    delete trailerInfo.Info;
    delete trailerInfo.ID;
    for (const [, each] of this.context.enumerateIndirectObjects()) this.findNamed(each);
    this.catalog(root);
    this.walk(trailerInfo.Root);
    for (const [ref] of this.context.enumerateIndirectObjects()) if (!this.reached.has(ref)) this.context.delete(ref);
    this.context.largestObjectNumber = Math.max(...[...this.reached].map(({ objectNumber }) => objectNumber));
  }

  private catalog(root: PDFDict): void {
    for (const key of inCatalog) root.delete(key);
    const names = this.dictAt(root, "Names");
    const attached = names?.lookup(name("EmbeddedFiles"));
    if (attached) this.without.push("PDF 里的附件");
    names?.delete(name("EmbeddedFiles"));
    if (root.lookup(name("PageMode")) === name("UseAttachments")) root.delete(name("PageMode"));
    names?.delete(name("JavaScript"));
    if (this.isScript(this.dictAt(root, "OpenAction"))) root.delete(name("OpenAction"));
    const form = this.dictAt(root, "AcroForm");
    for (const key of inForm) form?.delete(key);
  }

  private dictAt(dict: PDFDict, key: string): PDFDict | undefined {
    const value = dict.lookup(name(key));
    return value instanceof PDFDict ? value : undefined;
  }

  private isScript(action: PDFDict | undefined): boolean {
    return action?.lookup(name("S")) === name("JavaScript");
  }

  /** Before anything is changed: what has been reached on one way is not looked at on another. */
  private findNamed(start: PDFObject): void {
    const open: PDFObject[] = [start];
    for (let each = open.pop(); each; each = open.pop()) {
      if (each instanceof PDFArray) open.push(...each.asArray());
      const dict = each instanceof PDFRawStream ? each.dict : each instanceof PDFDict ? each : undefined;
      if (!dict) continue;
      for (const [parent, keys] of Object.entries(namedIn)) {
        const inner = this.dictAt(dict, parent);
        for (const key of inner ? keys : []) this.markNamed(inner?.lookup(key));
      }
      for (const key of namedItself) this.markNamed(dict.lookup(key));
      open.push(...dict.values());
    }
  }

  private markNamed(value: PDFObject | undefined): void {
    if (value instanceof PDFDict) this.named.add(value);
  }

  /** Every object that can be reached, each once; deep lists are no deep calls. */
  private walk(start: PDFObject): void {
    const open: PDFObject[] = [start];
    for (let each = open.pop(); each; each = open.pop()) {
      if (each instanceof PDFRef) {
        if (this.reached.has(each)) continue;
        this.reached.add(each);
        const found = this.context.lookup(each);
        if (!found) continue;
        if (found instanceof PDFRawStream) this.picture(each, found);
        open.push(this.context.lookup(each) ?? found);
        continue;
      }
      if (this.seen.has(each)) continue;
      this.seen.add(each);
      const dict = each instanceof PDFRawStream ? each.dict : each instanceof PDFDict ? each : undefined;
      if (dict) {
        if (!this.named.has(dict)) this.dictionary(dict);
        for (const [, value] of dict.entries()) open.push(value);
      } else if (each instanceof PDFArray) open.push(...each.asArray());
    }
  }

  private dictionary(dict: PDFDict): void {
    for (const key of everywhere) dict.delete(key);
    if (dict.has(name("Subtype")) && dict.has(name("Rect"))) this.annotation(dict);
    this.actions(dict);
    // What a mouse shows of a picture or a field, and nobody sees on the page.
    for (const key of ["Alt", "TU"].map(name)) if (this.reveals(textOf(dict.lookup(key)))) dict.delete(key);
    // The title of a part of the structure, which no reader shows.
    if (dict.has(name("S")) && dict.has(name("P"))) dict.delete(name("T"));
    if (dict.lookup(name("FT")) === name("Sig")) dict.delete(name("V"));
  }

  private annotation(dict: PDFDict): void {
    const isField = dict.lookup(name("Subtype")) === name("Widget");
    if (!isField) dict.delete(name("T"));
    for (const key of inAnnotation) dict.delete(key);
    if (dict.lookup(name("Subtype")) !== name("FileAttachment")) return;
    if (dict.has(name("FS"))) this.without.push("PDF 里的附件");
    dict.delete(name("FS"));
  }

  /** An action that runs a script, opens a file of the author's machine, or an address that names somebody, goes. */
  private actions(dict: PDFDict): void {
    const action = this.dictAt(dict, "A");
    if (!action) return;
    const kind = action.lookup(name("S"));
    const address = textOf(action.lookup(name("URI")));
    const opensFile = ["Launch", "GoToR", "GoToE", "ImportData", "SubmitForm"].some((each) => kind === name(each));
    const namesSomebody =
      address !== "" && (/^(?:mailto|file):/i.test(address) || this.reveals(decodeAddress(address)));
    if (opensFile || namesSomebody || this.isScript(action)) dict.delete(name("A"));
  }

  private picture(ref: PDFRef, stream: PDFRawStream): void {
    const { dict } = stream;
    const filter = dict.lookup(name("Filter"));
    const only = filter instanceof PDFArray && filter.size() === 1 ? filter.lookup(0) : filter;
    if (only !== name("DCTDecode") || dict.lookup(name("Subtype")) !== name("Image")) return;
    this.context.assign(ref, PDFRawStream.of(dict, cleanJpeg(Buffer.from(stream.contents))));
  }
}

const isLocked = (bytes: Buffer) => /\/Encrypt\s*(?:\d+\s+\d+\s+R|<<)/.test(bytes.toString("latin1"));

/** @throws UnreadableError */
export async function cleanPdf(
  bytes: Buffer,
  reveals: Reveals,
): Promise<{ readonly bytes: Uint8Array; readonly without: readonly string[] }> {
  let context: PDFContext;
  try {
    context = await PDFParser.forBytesWithOptions(bytes, objectsAtOnce, true).parseDocument();
  } catch {
    throw isLocked(bytes) ? locked() : damaged();
  }
  if (context.trailerInfo.Encrypt) throw locked();
  const cleaner = new PdfCleaner(context, reveals);
  cleaner.clean();
  const written = await PDFWriter.forContext(context, objectsAtOnce).serializeToBuffer();
  return { bytes: written, without: [...new Set(cleaner.without)] };
}

const locked = () => new UnreadableError("设有密码或编辑限制，无法清除其中的身份信息；请取消密码后重新提交");
