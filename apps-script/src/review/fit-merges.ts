import type { Area, SheetPatch } from "../../core/workbook/port.ts";

/**
 * Sheets refuses a merged cell that reaches from frozen columns into the others, so it is parted at the border. The
 * title stays on the left, where it is always seen; a longer text below it goes to the right, where there is room.
 */
export function fitMerges(patch: SheetPatch): SheetPatch {
  const { layout, edits } = patch;
  const frozen = layout?.frozen?.columns ?? 0;
  const crosses = (area: Area) => frozen > 0 && area.left <= frozen && area.right > frozen;
  if (!layout?.merges?.some(crosses)) return patch;
  const moving = new Set(layout.merges.filter((area) => crosses(area) && area.top > 1).map((area) => area.top));
  const moved = (edits ?? []).map((edit) =>
    edit.column === 1 && moving.has(edit.row) ? { ...edit, column: frozen + 1 } : edit,
  );
  const merges = layout.merges.flatMap((area) =>
    crosses(area)
      ? [
          { ...area, right: frozen },
          { ...area, left: frozen + 1 },
        ]
      : [area],
  );
  return { ...patch, ...(edits ? { edits: moved } : {}), layout: { ...layout, merges } };
}
