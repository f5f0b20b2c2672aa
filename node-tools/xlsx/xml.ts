const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const characters: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}

/** For what stands between tags, where quotation marks are as they are: formulas are full of them. */
export function escapeText(text: string): string {
  return text.replace(/[&<>]/g, (character) => entities[character] ?? character);
}

/** A reference to a character behind its `&`. */
const reference = /(?:#x([0-9a-f]+)|#(\d+)|(\w+));/iy;

export function unescapeXml(xml: string): string {
  let text = "";
  let from = 0;
  for (let at = xml.indexOf("&"); at >= 0; at = xml.indexOf("&", from)) {
    text += xml.slice(from, at);
    // Formulas are full of these.
    if (xml.startsWith("quot;", at + 1)) {
      text += '"';
      from = at + 6;
      continue;
    }
    reference.lastIndex = at + 1;
    const [whole = "", hex, decimal, name = ""] = reference.exec(xml) ?? [];
    text +=
      hex || decimal
        ? characterOf(hex ? Number.parseInt(hex, 16) : Number(decimal))
        : (characters[name] ?? `&${whole}`);
    from = at + 1 + whole.length;
  }
  return text + xml.slice(from);
}

/** A number that is no character stands for nothing that anybody could have typed. */
function characterOf(code: number): string {
  return code > 0x10ffff ? "\ufffd" : String.fromCodePoint(code);
}

/** The attributes of one start tag, unescaped. */
export function readAttributes(tag: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name, double, single] of tag.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    if (name) attributes[name] = unescapeXml(double ?? single ?? "");
  }
  return attributes;
}

/**
 * In the text of a spreadsheet `_x0041_` stands for the character with that code, so a text that has these very
 * characters needs its underscore escaped (ECMA-376 part 1, 22.9.2.19), and so does a carriage return.
 */
export function escapeSpreadsheetText(xml: string): string {
  return xml.replace(/_(?=x[0-9a-fA-F]{4}_)/g, "_x005F_").replace(/\r/g, "_x000D_");
}

export function unescapeSpreadsheetText(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
