import { areaAddress } from "../../../apps-script/core/workbook/addresses.ts";
import { type Area, noteKey } from "../../../apps-script/core/workbook/port.ts";
import { type MapRow, mapFormulaRows, readArea } from "../references.ts";
import { escapeXml, readAttributes } from "../xml.ts";

export interface StoredLink {
  readonly area: Area;
  /** `#'案例'!B5` inside the workbook, or an address. */
  readonly target: string;
  readonly tooltip?: string;
}

/** Keyed by `noteKey` of the top left cell. */
export type LinkStore = Map<string, StoredLink>;

/** @param targets the addresses of the sheet's relationships by their ids */
export function readLinks(sheetXml: string, targets: ReadonlyMap<string, string>): LinkStore {
  const links: LinkStore = new Map();
  for (const [tag] of sheetXml.matchAll(/<hyperlink\s[^>]*>/g)) {
    const { ref = "", location, tooltip, "r:id": id } = readAttributes(tag);
    const area = readArea(ref);
    const address = (id === undefined ? undefined : targets.get(id)) ?? "";
    const target = location ? `${address}#${location}` : address;
    if (area && target) addLink(links, { area, target, ...(tooltip ? { tooltip } : {}) });
  }
  return links;
}

export function addLink(links: LinkStore, link: StoredLink): void {
  links.set(noteKey(link.area.top, link.area.left), link);
}

/** Follows an insertion of rows: the cells that bear a link, and the places inside the workbook that links lead to. */
export function moveLinks(links: LinkStore, home: string, inserted: string, mapRow: MapRow): LinkStore {
  const moved: LinkStore = new Map();
  for (const { area, target, ...rest } of links.values()) {
    addLink(moved, {
      ...rest,
      area: home === inserted ? { ...area, top: mapRow(area.top), bottom: mapRow(area.bottom) } : area,
      target: target.startsWith("#") ? `#${mapFormulaRows(target.slice(1), home, inserted, mapRow)}` : target,
    });
  }
  return moved;
}

/** The `<hyperlinks>` element, and the relationships that its outside addresses need. */
export function renderLinks(links: LinkStore): { xml: string; relationships: string[] } {
  const relationships: string[] = [];
  const elements = [...links.values()].map(({ area, target, tooltip }) => {
    const hint = tooltip ? ` tooltip="${escapeXml(tooltip)}"` : "";
    if (target.startsWith("#")) {
      return `<hyperlink ref="${areaAddress(area)}" location="${escapeXml(target.slice(1))}"${hint}/>`;
    }
    const id = `link${relationships.length + 1}`;
    relationships.push(
      `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" ` +
        `Target="${escapeXml(target)}" TargetMode="External"/>`,
    );
    return `<hyperlink ref="${areaAddress(area)}" r:id="${id}"${hint}/>`;
  });
  return { xml: elements.length > 0 ? `<hyperlinks>${elements.join("")}</hyperlinks>` : "", relationships };
}
