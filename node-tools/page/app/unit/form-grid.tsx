/**
 * The sheets of a 填报表 as a table to type in, worked by keyboard as a spreadsheet is. What is typed goes through one text
 * area that lies over the active cell: so an input method begins in the cell where its first letter is typed.
 *
 * Tabulator, with which the local Sheets show theirs, does no more there than keep rows in view, and its 450 KB would be a
 * fifth of this page: rows of one height need only a division.
 */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { FormChange } from "../../unit/form-protocol.ts";
import { GridEditor } from "./grid-editor.tsx";
import { headerHeight, leftsOf, numbersWidth, rowHeight, shownLetters } from "./grid-geometry.ts";
import { GridRows } from "./grid-rows.tsx";
import { PastePreview } from "./paste-preview.tsx";
import { formatBlock, parseBlock } from "./pasted-block.ts";
import {
  findingsAt,
  type GridTable,
  indexOfRow,
  type PastePlan,
  type Place,
  planClearing,
  planPaste,
  rowAt,
  type Selection,
  showTable,
  valueAt,
} from "./plan-paste.ts";
import { pendingAt, usePending } from "./use-pending.ts";

/** `typed` began with a letter over the cell, and arrows leave it; `opened` began with the text of the cell. */
type Editing = "no" | "typed" | "opened";

/** How far a key moves, in rows and columns; undefined for one that moves nothing. @param size of the table; rows of a page */
function stepOf(
  { key, ctrlKey, metaKey }: KeyboardEvent,
  size: { readonly rows: number; readonly columns: number; readonly page: number },
): readonly [down: number, right: number] | undefined {
  const isControl = ctrlKey || metaKey;
  const { rows, columns, page } = size;
  const steps: Readonly<Record<string, readonly [down: number, right: number]>> = {
    ArrowDown: [isControl ? rows : 1, 0],
    ArrowUp: [isControl ? -rows : -1, 0],
    ArrowLeft: [0, isControl ? -columns : -1],
    ArrowRight: [0, isControl ? columns : 1],
    PageDown: [page, 0],
    PageUp: [-page, 0],
    Home: [isControl ? -rows : 0, -columns],
    End: [isControl ? rows : 0, columns],
  };
  return steps[key];
}

export function FormGrid(props: {
  readonly table: GridTable;
  change(changes: readonly FormChange[], doing: string): Promise<boolean>;
}) {
  const { table: stored, change } = props;
  const [firstCell] = useState<Place>({ row: rowAt(stored, 0), column: 0 });
  /** By their rows of the sheet: rows above may come and go. */
  const [activeCell, setActiveCell] = useState(firstCell);
  const [anchorCell, setAnchorCell] = useState(firstCell);
  const [editing, setEditing] = useState<Editing>("no");
  const { pending, store } = usePending(change);
  const [plan, setPlan] = useState<PastePlan>();
  const [told, setTold] = useState("");
  const [view, setView] = useState({ top: 0, height: 600 });
  const [choice, setChoice] = useState(-1);
  const scroller = useRef<HTMLDivElement>(null);
  const editor = useRef<HTMLTextAreaElement>(null);
  /** After Esc the next Tab leaves the table. */
  const isLeaving = useRef(false);
  /** The button is held down and the pointer drawn over cells. */
  const isDrawing = useRef(false);

  const table = showTable(stored, pending.values(), [activeCell.row, anchorCell.row]);
  const { fields, rows } = table;
  const placeOf = ({ row, column }: Place): Place => ({ row: indexOfRow(table, row), column });
  const cellAt = ({ row, column }: Place): Place => ({ row: rowAt(table, row), column });
  const [active, anchor] = [placeOf(activeCell), placeOf(anchorCell)];
  const count = rows.length + 1;
  const field = fields[active.column] ?? fields[0];
  const lefts = leftsOf(fields);
  const totalWidth = numbersWidth + (lefts.at(-1) ?? 0);
  const selection: Selection = {
    top: Math.min(active.row, anchor.row),
    bottom: Math.max(active.row, anchor.row),
    left: Math.min(active.column, anchor.column),
    right: Math.max(active.column, anchor.column),
  };

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setView((before) => ({ ...before, height: element.clientHeight })));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  // The active cell is in view, beside the numbers and below the heading, which stay where they are.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const top = active.row * rowHeight;
    const [left = 0, right = 0] = lefts.slice(active.column);
    const width = element.clientWidth - numbersWidth;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowHeight + headerHeight > element.scrollTop + element.clientHeight)
      element.scrollTop = top + rowHeight + headerHeight - element.clientHeight;
    if (left < element.scrollLeft) element.scrollLeft = left;
    else if (right > element.scrollLeft + width) element.scrollLeft = Math.min(left, right - width);
  }, [activeCell, stored]);

  if (!field) return null;

  const moveTo = ({ row, column }: Place, isExtending = false) => {
    const cell = cellAt({
      row: Math.max(0, Math.min(count - 1, row)),
      column: Math.max(0, Math.min(fields.length - 1, column)),
    });
    setActiveCell(cell);
    if (!isExtending) setAnchorCell(cell);
    setTold("");
  };
  const moveBy = (down: number, right: number, isExtending = false) =>
    moveTo({ row: active.row + down, column: active.column + right }, isExtending);
  const edit = (how: Exclude<Editing, "no">, text?: string) => {
    if (field.isLocked) {
      if (editor.current) editor.current.value = "";
      setTold(`“${field.label}”已经填好，不能改。`);
      return;
    }
    if (editor.current && text !== undefined) editor.current.value = text;
    setAnchorCell(activeCell);
    setChoice(-1);
    setEditing(how);
  };
  const leaveEditor = () => {
    if (editor.current) editor.current.value = "";
    setEditing("no");
  };
  const commit = () => {
    if (editing === "no") return;
    const value = editor.current?.value ?? "";
    leaveEditor();
    const row = rowAt(table, active.row);
    const hasFailed = pendingAt(pending, row, field)?.hasFailed === true;
    if (value !== valueAt(table, active.row, field) || hasFailed)
      void store([{ sheet: table.sheet, row, field: field.key, value }], "修改");
  };
  const clear = () => {
    const changes = planClearing(table, selection);
    if (changes.length > 0) void store(changes, "清空");
  };
  const paste = (text: string) => {
    const planned = planPaste(table, selection, parseBlock(text));
    const { changes, overwritten, newRows, locked, beyond } = planned;
    if (overwritten.length > 0 || newRows > 0 || locked > 0 || beyond > 0) setPlan(planned);
    else if (changes.length > 0) void store(changes, "粘贴");
  };
  const copy = (clipboard: DataTransfer | null) => {
    const { top, bottom, left, right } = selection;
    const chosen = Array.from({ length: bottom - top + 1 }, (_, i) =>
      fields.slice(left, right + 1).map((each) => valueAt(table, top + i, each)),
    );
    clipboard?.setData("text/plain", formatBlock(chosen));
    setTold(`已复制 ${chosen.length} 行 × ${right - left + 1} 列。`);
  };

  const choices = field.choices;
  const pressWhileEditing = (event: KeyboardEvent) => {
    const { key, altKey, shiftKey } = event;
    const isMove = key === "ArrowDown" || key === "ArrowUp";
    if (key === "Escape") leaveEditor();
    else if (key === "Enter" && altKey && editor.current)
      editor.current.setRangeText("\n", editor.current.selectionStart, editor.current.selectionEnd, "end");
    else if (key === "Enter") {
      commit();
      moveBy(shiftKey ? -1 : 1, 0);
    } else if (key === "Tab") {
      commit();
      moveBy(0, shiftKey ? -1 : 1);
    } else if (isMove && choices.length > 0 && editor.current) {
      const next = key === "ArrowDown" ? (choice + 1) % choices.length : (choice <= 0 ? choices.length : choice) - 1;
      setChoice(next);
      editor.current.value = choices[next] ?? "";
    } else if (isMove && editing === "typed") {
      commit();
      moveBy(key === "ArrowDown" ? 1 : -1, 0);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const pressOnCell = (event: KeyboardEvent) => {
    const { key, shiftKey } = event;
    const page = Math.max(1, Math.floor((view.height - headerHeight) / rowHeight) - 1);
    const step = stepOf(event, { rows: count, columns: fields.length, page });
    if (key === "Tab") {
      const isAtEnd = shiftKey ? active.column === 0 : active.column === fields.length - 1;
      if (isLeaving.current || isAtEnd) return;
      moveBy(0, shiftKey ? -1 : 1);
    } else if (step) moveBy(step[0], step[1], shiftKey);
    else if (key === "Enter") moveBy(shiftKey ? -1 : 1, 0);
    else if (key === "F2") edit("opened", valueAt(table, active.row, field));
    else if (key === "Delete" || key === "Backspace") {
      if (!event.repeat) clear();
    } else if (key === "Escape") {
      setAnchorCell(activeCell);
      isLeaving.current = true;
      setTold("再按 Tab 离开表格。");
      return event.preventDefault();
    } else if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === "a") {
      setAnchorCell(cellAt({ row: 0, column: 0 }));
      setActiveCell(cellAt({ row: Math.max(0, rows.length - 1), column: fields.length - 1 }));
    } else return;
    isLeaving.current = false;
    event.preventDefault();
  };
  const press = (event: KeyboardEvent) => {
    // Keys of an input method that is composing are its own.
    if (event.isComposing || event.keyCode === 229) return;
    if (editing === "no") pressOnCell(event);
    else pressWhileEditing(event);
  };

  const pointAt = (event: MouseEvent, isExtending: boolean) => {
    const cell = (event.target as HTMLElement).closest<HTMLElement>("[data-place]");
    const [row, column] = (cell?.dataset.place ?? "").split(":").map(Number);
    if (row === undefined || column === undefined) return;
    moveTo({ row, column }, isExtending);
  };
  const findings = findingsAt(table, active.row, field);
  const rowName = (index: number) =>
    rows[index]?.values.id || rows[index]?.values.name || `第 ${rowAt(table, index)} 行`;
  const isOpen = editing !== "no";
  const current = valueAt(table, active.row, field);

  return (
    <div class="grid-place">
      <div
        class="grid-scroll"
        ref={scroller}
        onScroll={({ currentTarget }) => setView((before) => ({ ...before, top: currentTarget.scrollTop }))}
      >
        {/* biome-ignore lint/a11y/noStaticElementInteractions: keys are heard by the text area that lies over the active cell */}
        <div
          class="grid-sheet"
          style={{ width: `${totalWidth}px`, height: `${headerHeight + count * rowHeight}px` }}
          onMouseDown={(event) => {
            if (event.target === editor.current || event.button !== 0) return;
            event.preventDefault();
            commit();
            editor.current?.focus();
            isDrawing.current = true;
            pointAt(event, event.shiftKey);
          }}
          onMouseMove={(event) => {
            if (isDrawing.current && event.buttons === 1) pointAt(event, true);
            else isDrawing.current = false;
          }}
          onDblClick={(event) => {
            if (event.target !== editor.current) edit("opened", valueAt(table, active.row, field));
          }}
        >
          <GridRows table={table} pending={pending} selection={selection} active={active} view={view} />
          <GridEditor
            editor={editor}
            place={active}
            left={lefts[active.column] ?? 0}
            field={field}
            isOpen={isOpen}
            label={`${field.label}，${rowName(active.row)}：${isOpen ? "" : current.slice(0, 200) || "空"}${findings.map(({ message }) => `。${message}`).join("")}`}
            choice={choice}
            view={{ ...view, left: scroller.current?.scrollLeft ?? 0, width: scroller.current?.clientWidth ?? 0 }}
            press={press}
            begin={() => edit("typed")}
            commit={commit}
            copy={copy}
            clear={clear}
            paste={paste}
          />
        </div>
      </div>
      <p class="grid-told" role="status">
        {told ||
          findings.map(({ message }) => message).join(" ") ||
          (current.length > shownLetters ? current.slice(0, 160) : "") ||
          field.help}
      </p>
      {plan && (
        <PastePreview
          plan={plan}
          close={(isWanted) => {
            setPlan(undefined);
            editor.current?.focus();
            if (isWanted && plan.changes.length > 0) void store(plan.changes, "粘贴");
          }}
        />
      )}
    </div>
  );
}
