const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const characters: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}

export function unescapeXml(xml: string): string {
  return xml.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
    // A number that is no character stands for nothing that anybody could have typed.
    if (hex || decimal) return code > 0x10ffff ? "\ufffd" : String.fromCodePoint(code);
    return characters[name ?? ""] ?? whole;
  });
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
