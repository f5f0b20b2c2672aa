import type { PieceSink } from "./facts-collector.ts";
import { UnreadableError } from "./limits.ts";
import { parseXml } from "./parse-xml.ts";

/** Texts of an XMP packet (ISO 16684-1), in elements and in attributes, each under the name of its property. */
export async function readXmp(xmp: Buffer, where: string, sink: PieceSink): Promise<void> {
  const properties: string[] = [];
  let text = "";
  const add = (property: string, value: string) =>
    sink.addPiece("metadata", `${where}的 XMP“${property}”`, value.trim());
  // Padding behind the packet, and bytes before it, are no XML.
  const from = xmp.indexOf("<");
  const to = xmp.lastIndexOf(">");
  if (from < 0 || to < from) return;
  try {
    await parseXml([xmp.subarray(from, to + 1)], {
      open(element, _, attributes) {
        text = "";
        if (!/^(?:xmpmeta|RDF|Description|Alt|Seq|Bag|li)$/.test(element)) properties.push(element);
        for (const name in attributes) {
          if (/^(?:xmlns|rdf:|xml:|x:)/.test(name)) continue;
          add(name.replace(/^.*:/, ""), attributes[name] ?? "");
        }
      },
      text(added) {
        text += added;
      },
      close(element) {
        add(properties.at(-1) ?? element, text);
        text = "";
        if (properties.at(-1) === element) properties.pop();
      },
    });
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    // What a program left broken is still searched, as plain text.
    sink.addPiece("metadata", `${where}的 XMP`, xmp.toString("utf8"));
  }
}
