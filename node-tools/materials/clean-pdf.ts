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
import { cleanPicture, cleanProfile } from "./clean-pdf-streams.ts";
import { damaged, pathOfMachine, type Reveals } from "./cleaned.ts";

const name = (text: string) => PDFName.of(text);

/**
 * In any dictionary: when, by whom and by what it was made, scripts, thumbnails, where on earth it lies. A figure that came from
 * another PDF brings the properties of that (PTEX.InfoDict) and the name of its file.
 */
const everywhere = [
  "Metadata",
  "PieceInfo",
  "LastModified",
  "CreatorInfo",
  "Thumb",
  "AA",
  "AF",
  "Author",
  "Creator",
  "Producer",
  "CreationDate",
  "ModDate",
  "Keywords",
  "PTEX.FileName",
  "PTEX.InfoDict",
  "PTEX.Fullbanner",
  "Measure",
  "PtData",
  "LGIDict",
  "VP",
].map(name);
/** What a reader shows a document by; all else of the catalog goes. */
const keptInCatalog = new Set(
  [
    "Type",
    "Version",
    "Extensions",
    "Pages",
    "PageLabels",
    "Names",
    "Dests",
    "ViewerPreferences",
    "PageLayout",
    "PageMode",
    "Outlines",
    "OpenAction",
    "AcroForm",
    "StructTreeRoot",
    "MarkInfo",
    "Lang",
    "OutputIntents",
    "OCProperties",
  ].map(name),
);
const keptInNames = new Set(["Dests", "AP"].map(name));
const inAnnotation = ["NM", "M", "CreationDate", "Subj", "RC"].map(name);
const inField = ["TM", "DV", "RV"].map(name);
/** They show what no page shows, and hold whole files. */
const withFiles = /^\/(?:FileAttachment|RichMedia|Screen|Movie|Sound|3D)$/;
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

/** Of choices in a form, each a text or a pair of texts. */
const textsIn = (choices: PDFArray): string[] =>
  choices.asArray().flatMap((each) => (each instanceof PDFArray ? textsIn(each) : [textOf(each)]));

class PdfCleaner {
  readonly without: string[] = [];
  private readonly seen = new Set<PDFObject>();
  private readonly reached = new Set<PDFRef>();
  private readonly profiles = new Set<PDFRef>();
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
    for (const key of root.keys()) if (!keptInCatalog.has(key)) root.delete(key);
    const names = this.dictAt(root, "Names");
    const attached = names?.lookup(name("EmbeddedFiles"));
    if (attached) this.without.push("PDF 里的附件");
    for (const key of names?.keys() ?? []) if (!keptInNames.has(key)) names?.delete(key);
    if (root.lookup(name("PageMode")) === name("UseAttachments")) root.delete(name("PageMode"));
    if (!this.isHarmless(this.dictAt(root, "OpenAction"))) root.delete(name("OpenAction"));
    const form = this.dictAt(root, "AcroForm");
    for (const key of inForm) form?.delete(key);
  }

  private dictAt(dict: PDFDict, key: string): PDFDict | undefined {
    const value = dict.lookup(name(key));
    return value instanceof PDFDict ? value : undefined;
  }

  /** Whether an action, with those that follow it, only leads to a page or to an address that names nobody. */
  private isHarmless(action: PDFDict | undefined): boolean {
    if (!action) return true;
    if (action.has(name("Next"))) return false;
    const kind = action.lookup(name("S"));
    // A destination of its own.
    if (kind === undefined || kind === name("GoTo") || kind === name("Named")) return true;
    const address = textOf(action.lookup(name("URI")));
    return kind === name("URI") && !/^(?:mailto|file):/i.test(address) && !this.reveals(decodeAddress(address));
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
        const cleaned =
          found instanceof PDFRawStream && found.dict.lookup(name("Subtype")) === name("Image")
            ? cleanPicture(found)
            : undefined;
        if (cleaned) this.context.assign(each, cleaned);
        open.push(cleaned ?? found);
        continue;
      }
      if (this.seen.has(each)) continue;
      this.seen.add(each);
      const dict = each instanceof PDFRawStream ? each.dict : each instanceof PDFDict ? each : undefined;
      if (dict) {
        if (!this.named.has(dict)) this.dictionary(dict);
        for (const [, value] of dict.entries()) open.push(value);
      } else if (each instanceof PDFArray) {
        if (each.size() === 2 && each.get(0) === name("ICCBased")) this.profile(each.get(1));
        open.push(...each.asArray());
      }
    }
  }

  /** The colours of a page, or of what it is to be printed with. */
  private profile(ref: PDFObject | undefined): void {
    const stream = ref instanceof PDFRef && !this.profiles.has(ref) ? this.context.lookup(ref) : undefined;
    if (!(ref instanceof PDFRef) || !(stream instanceof PDFRawStream)) return;
    this.profiles.add(ref);
    this.context.assign(ref, cleanProfile(stream));
  }

  private dictionary(dict: PDFDict): void {
    for (const key of everywhere) dict.delete(key);
    // Some programs leave the place out, others the type.
    const isAnnotation = dict.lookup(name("Type")) === name("Annot") || dict.has(name("Rect"));
    if (dict.has(name("Subtype")) && isAnnotation) this.annotation(dict);
    for (const key of ["A", "PA", "Next"]) {
      const action = this.dictAt(dict, key);
      if (action?.has(name("S")) && !this.isHarmless(action)) dict.delete(name(key));
    }
    // A file in a file, wherever it hangs.
    if (dict.has(name("EF"))) {
      this.without.push("PDF 里的附件");
      for (const key of ["EF", "F", "UF", "Desc", "DOS", "Mac", "Unix"]) dict.delete(name(key));
    }
    if (dict.has(name("FT")) || dict.lookup(name("Subtype")) === name("Widget"))
      for (const key of inField) dict.delete(key);
    // What a mouse shows of a picture or a field, and nobody sees on the page.
    for (const key of ["Alt", "TU", "ActualText", "E"].map(name)) {
      const text = textOf(dict.lookup(key));
      if (pathOfMachine.test(text) || this.reveals(text)) dict.delete(key);
    }
    // The title of a part of the structure, which no reader shows.
    if (dict.has(name("S")) && dict.has(name("P"))) dict.delete(name("T"));
    const choices = dict.lookup(name("Opt"));
    if (choices instanceof PDFArray && this.reveals(textsIn(choices).join("\n"))) dict.delete(name("Opt"));
    this.profile(dict.get(name("DestOutputProfile")));
    // Beads of threads of articles, which hold the titles and authors of these.
    if (dict.lookup(name("Type")) === name("Page")) dict.delete(name("B"));
    if (dict.lookup(name("FT")) === name("Sig")) dict.delete(name("V"));
  }

  private annotation(dict: PDFDict): void {
    const isField = dict.lookup(name("Subtype")) === name("Widget");
    if (!isField) dict.delete(name("T"));
    for (const key of inAnnotation) dict.delete(key);
    if (!withFiles.test(String(dict.lookup(name("Subtype"))))) return;
    const files = ["FS", "RichMediaContent", "RichMediaSettings", "Movie", "Sound", "3DD", "MK", "T"].map(name);
    if (files.some((key) => dict.has(key))) this.without.push("PDF 里的附件");
    for (const key of files) dict.delete(key);
  }
}

let quiet = 0;
const { warn } = console;

/** What the library says of a file, in English, concerns nobody; several may be read by turns. */
async function quietly<T>(work: () => Promise<T>): Promise<T> {
  quiet += 1;
  console.warn = () => {};
  try {
    return await work();
  } finally {
    quiet -= 1;
    if (quiet === 0) console.warn = warn;
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
    context = await quietly(() => PDFParser.forBytesWithOptions(bytes, objectsAtOnce, true).parseDocument());
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
