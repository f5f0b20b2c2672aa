import { SaxesParser } from "saxes";
import { readingLimits, UnreadableError } from "./limits.ts";

/** The value of an attribute of the open element, by its name without a prefix. */
export type AttributeOf = (name: string) => string | undefined;

/** Names without their prefix: programs choose prefixes as they like, and the strict formats other namespaces. */
export interface XmlHandler {
  open?(element: string, attribute: AttributeOf, attributes: Record<string, string>): void;
  text?(text: string): void;
  close?(element: string): void;
}

const localName = (name: string) => name.slice(name.indexOf(":") + 1);

function findAttribute(attributes: Record<string, string>, wanted: string): string | undefined {
  if (wanted in attributes) return attributes[wanted];
  for (const name in attributes) if (localName(name) === wanted) return attributes[name];
  return undefined;
}

function encodingOf(head: Buffer): "utf-8" | "utf-16le" | "utf-16be" {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0x3c && head[1] === 0)) return "utf-16le";
  if ((head[0] === 0xfe && head[1] === 0xff) || (head[0] === 0 && head[1] === 0x3c)) return "utf-16be";
  return "utf-8";
}

/**
 * Reads XML as it comes. Entities beyond the five of XML are not resolved: a document type, which no office program
 * writes and which can name other files, ends the reading.
 * @throws UnreadableError on a document type, too many levels, or XML that is none
 */
export async function parseXml(chunks: AsyncIterable<Buffer> | Iterable<Buffer>, handler: XmlHandler): Promise<void> {
  let depth = 0;
  let failure: Error | undefined;
  // Handlers must not throw through the parser: it would go on in a state of its own.
  const fail = (error: Error) => {
    failure ??= error;
  };
  const parser = new SaxesParser({ xmlns: false, position: false });
  parser.on("doctype", () =>
    fail(new UnreadableError("含有外部实体或文档类型声明（DTD），为安全起见未读取；请用 WPS 或 Word 重新保存后提交")),
  );
  parser.on("error", () => fail(new UnreadableError("其中的 XML 已损坏，未能读完；请用 WPS 或 Word 打开后重新保存")));
  parser.on("opentag", ({ name, attributes }) => {
    depth += 1;
    if (depth > readingLimits.xmlDepth) {
      fail(new UnreadableError("其中的 XML 层次过深，未读完；请用 WPS 或 Word 重新保存后提交"));
    }
    if (!failure) handler.open?.(localName(name), (wanted) => findAttribute(attributes, wanted), attributes);
  });
  parser.on("closetag", ({ name }) => {
    depth -= 1;
    if (!failure) handler.close?.(localName(name));
  });
  const onText = (text: string) => {
    if (!failure) handler.text?.(text);
  };
  parser.on("text", onText);
  parser.on("cdata", onText);

  let decoder: InstanceType<typeof TextDecoder> | undefined;
  for await (const chunk of chunks) {
    decoder ??= new TextDecoder(encodingOf(chunk));
    // Small steps, so that a failure is seen before the parser has gone through much more.
    for (let at = 0; at < chunk.length; at += 65_536) {
      parser.write(decoder.decode(chunk.subarray(at, at + 65_536), { stream: true }));
      if (failure) throw failure;
    }
  }
  parser.close();
  if (failure) throw failure;
}
