import type { FormFinding } from "../../unit/form-protocol.ts";
import { headerHeight, numbersWidth, rowHeight, shownLetters, widthOf } from "./grid-geometry.ts";
import { findingsAt, type GridTable, type Place, rowAt, type Selection, valueAt } from "./plan-paste.ts";
import { type PendingCells, pendingAt } from "./use-pending.ts";

/** Rows that are drawn above and below those in view. */
const spareRows = 6;

const severityOf = (findings: readonly FormFinding[]) =>
  (["error", "warning"] as const).find((severity) => findings.some((finding) => finding.severity === severity)) ?? "";

/** The heading, and the rows that are in view. @param view how far the table is scrolled, and its height */
export function GridRows(props: {
  readonly table: GridTable;
  readonly pending: PendingCells;
  readonly selection: Selection;
  readonly active: Place;
  readonly view: { readonly top: number; readonly height: number };
}) {
  const { table, pending, selection, active, view } = props;
  const { fields, rows } = table;
  const first = Math.max(0, Math.floor(view.top / rowHeight) - spareRows);
  const last = Math.min(rows.length, Math.ceil((view.top + view.height) / rowHeight) + spareRows);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table element keeps every row in the document
    <div
      role="grid"
      aria-label={`“${table.label}”表`}
      aria-rowcount={rows.length + 2}
      aria-colcount={fields.length + 1}
      aria-multiselectable="true"
    >
      {/* biome-ignore lint/a11y/useSemanticElements: the same */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the text area has the focus */}
      <div role="row" class="grid-row heading" aria-rowindex={1}>
        {/* biome-ignore lint/a11y/useSemanticElements: the same */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: the same */}
        <div role="columnheader" class="number" aria-colindex={1} style={{ width: `${numbersWidth}px` }}>
          行
        </div>
        {fields.map((each, c) => (
          // biome-ignore lint/a11y/useSemanticElements: the same
          // biome-ignore lint/a11y/useFocusableInteractive: the same
          <div
            key={each.key}
            role="columnheader"
            aria-colindex={c + 2}
            class={c >= selection.left && c <= selection.right ? "chosen" : ""}
            style={{ width: `${widthOf(each)}px` }}
            title={each.help}
          >
            {each.label}
          </div>
        ))}
      </div>
      {Array.from({ length: last - first + 1 }, (_, i) => first + i).map((index) => {
        const isChosen = index >= selection.top && index <= selection.bottom;
        return (
          // biome-ignore lint/a11y/useSemanticElements: the same
          // biome-ignore lint/a11y/useFocusableInteractive: the same
          <div
            key={index}
            role="row"
            class="grid-row"
            aria-rowindex={index + 2}
            style={{ top: `${headerHeight + index * rowHeight}px` }}
          >
            {/* biome-ignore lint/a11y/useSemanticElements: the same */}
            {/* biome-ignore lint/a11y/useFocusableInteractive: the same */}
            <div
              role="rowheader"
              class={isChosen ? "number chosen" : "number"}
              aria-colindex={1}
              style={{ width: `${numbersWidth}px` }}
            >
              {index < rows.length ? rowAt(table, index) : "＋"}
            </div>
            {fields.map((each, c) => {
              const waiting = pendingAt(pending, rowAt(table, index), each);
              const own = findingsAt(table, index, each);
              const isActive = index === active.row && c === active.column;
              const isIn = isChosen && c >= selection.left && c <= selection.right;
              return (
                // biome-ignore lint/a11y/useSemanticElements: the same
                // biome-ignore lint/a11y/useFocusableInteractive: the same
                <div
                  key={each.key}
                  role="gridcell"
                  aria-colindex={c + 2}
                  aria-selected={isIn}
                  aria-readonly={each.isLocked}
                  data-place={`${index}:${c}`}
                  class={[
                    "cell",
                    severityOf(own),
                    each.isLocked ? "locked" : "",
                    isIn ? "chosen" : "",
                    isActive ? "active" : "",
                    waiting?.hasFailed ? "failed" : "",
                  ].join(" ")}
                  style={{ width: `${widthOf(each)}px` }}
                  title={own.map(({ message }) => message).join("\n") || undefined}
                >
                  {valueAt(table, index, each).slice(0, shownLetters)}
                </div>
              );
            })}
          </div>
        );
      })}
    </div>
  );
}
