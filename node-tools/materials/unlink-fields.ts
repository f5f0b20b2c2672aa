/** Fields of Word (ECMA-376 part 1, 17.16) that become what they show. */
import { unescapeXml } from "../xlsx/xml.ts";

const tokens =
  /<(?:\w+:)?fldChar\b([^>]*?)(?:\/>|>[\s\S]*?<\/(?:\w+:)?fldChar>)|<(?:\w+:)?(?:instrText|delInstrText)\b[^>]*?(?:\/>|>([^<]*)<\/(?:\w+:)?(?:instrText|delInstrText)>)|<(?:\w+:)?fldSimple\b([^>]*?)(\/?)>|<\/(?:\w+:)?fldSimple>/g;

interface Field {
  code: string;
  /** Of its marks and its code, in the text. */
  readonly ranges: (readonly [from: number, to: number])[];
}

/** @param isUnlinked told the code of a field, whatever runs it is spread over. @returns the markup, what the fields show as plain text */
export function unlinkFields(xml: string, isUnlinked: (code: string) => boolean): string {
  const open: Field[] = [];
  const gone: (readonly [from: number, to: number])[] = [];
  const end = () => {
    const field = open.pop();
    if (field && isUnlinked(field.code)) gone.push(...field.ranges);
  };
  for (const match of xml.matchAll(tokens)) {
    const [whole, mark, code, simple, isEmpty] = match;
    const range = [match.index, match.index + whole.length] as const;
    if (simple !== undefined) {
      const instruction = /\s(?:\w+:)?instr\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(simple);
      open.push({ code: unescapeXml(instruction?.[1] ?? instruction?.[2] ?? ""), ranges: [range] });
      if (isEmpty === "/") end();
      continue;
    }
    const type = mark === undefined ? undefined : /fldCharType\s*=\s*["'](\w+)/.exec(mark)?.[1];
    if (type === "begin") open.push({ code: "", ranges: [] });
    const field = open.at(-1);
    field?.ranges.push(range);
    if (field && code !== undefined) field.code += unescapeXml(code);
    if (type === "end" || whole.startsWith("</")) end();
  }
  let result = "";
  let at = 0;
  for (const [from, to] of gone.sort(([a], [b]) => a - b)) {
    result += xml.slice(at, from);
    at = to;
  }
  return result + xml.slice(at);
}
