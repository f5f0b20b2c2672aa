import { parseXml } from "./parse-xml.ts";

/** What a style's name says about the text that bears it; ids of paragraph and character styles. */
export interface WordStyles {
  readonly headings: ReadonlySet<string>;
  readonly hidden: ReadonlySet<string>;
}

export const noStyles: WordStyles = { headings: new Set(), hidden: new Set() };

const headingName = /^(?:heading|标题)\s*\d/i;

interface Style {
  basedOn?: string;
  heading: boolean;
  hidden?: boolean;
}

/** Headings (by name or outline level) and hidden text, also where a style has it from the one it is based on. */
export async function readWordStyles(chunks: AsyncIterable<Buffer>): Promise<WordStyles> {
  const styles = new Map<string, Style>();
  let current: Style | undefined;
  await parseXml(chunks, {
    open(element, attribute) {
      const value = attribute("val");
      if (element === "style") {
        current = { heading: false };
        styles.set(attribute("styleId") ?? "", current);
      } else if (!current) return;
      else if (element === "name") current.heading ||= headingName.test(value ?? "");
      else if (element === "basedOn" && value !== undefined) current.basedOn = value;
      else if (element === "outlineLvl") current.heading ||= Number(value ?? "9") < 9;
      else if (element === "vanish") current.hidden = !(value === "0" || value === "false" || value === "off");
    },
    close(element) {
      if (element === "style") current = undefined;
    },
  });
  const inherits = (id: string, read: (style: Style) => boolean | undefined): boolean => {
    const seen = new Set<string>();
    for (let at: string | undefined = id; at !== undefined && !seen.has(at); at = styles.get(at)?.basedOn) {
      seen.add(at);
      const style = styles.get(at);
      const own = style && read(style);
      if (own !== undefined) return own;
    }
    return false;
  };
  const ids = [...styles.keys()];
  return {
    headings: new Set(ids.filter((id) => inherits(id, (style) => style.heading || undefined))),
    hidden: new Set(ids.filter((id) => inherits(id, (style) => style.hidden))),
  };
}
