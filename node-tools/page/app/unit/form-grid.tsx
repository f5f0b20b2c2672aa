/**
 * The sheets of a 填报表 as a table to type in, worked by keyboard as a spreadsheet is. What is typed goes through one text
 * area that lies over the active cell: so an input method begins in the cell where its first letter is typed.
 *
 * Tabulator, with which the local Sheets show theirs, does no more there than keep rows in view, and its 450 KB would be a
 * fifth of this page: rows of one height need only a division.
 */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Heads } from "../../../../apps-script/dialogs/pages/parts.tsx";
import type { FormChange, FormField, FormFinding } from "../../unit/form-protocol.ts";
import { formatBlock, parseBlock } from "./pasted-block.ts";
import {
  type GridTable,
  indexOfRow,
  type PastePlan,
  planClearing,
  planPaste,
  rowAt,
  type Selection,
  showTable,
  valueAt,
} from "./plan-paste.ts";

const rowHeight = 32;
const headerHeight = 36;
const numbersWidth = 64;
/** Rows that are drawn above and below those in view. */
const spareRows = 6;
/** Of a long text no more is drawn than a cell shows. */
const shownLetters = 60;

/** Where a section of a text is written. */
const longWidth = 560;
const longHeight = 260;

const widthOf = ({ width }: FormField) => Math.min(300, Math.max(72, width * 8 + 20));

interface Place {
  readonly row: number;
  readonly column: number;
}

/** `typed` began with a letter over the cell, and arrows leave it; `opened` began with the text of the cell. */
type Editing = "no" | "typed" | "opened";

/** What is shown though it is not stored. */
interface Pending {
  readonly row: number;
  /** Its key. */
  readonly field: string;
  readonly value: string;
  readonly hasFailed: boolean;
}

const keyOf = (row: number, field: string) => `${row} ${field}`;

const severityOf = (findings: readonly FormFinding[]) =>
  (["error", "warning"] as const).find((severity) => findings.some((finding) => finding.severity === severity)) ?? "";

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
  const [pending, setPending] = useState<ReadonlyMap<string, Pending>>(new Map());
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
  const lefts = [0];
  for (const each of fields) lefts.push((lefts.at(-1) ?? 0) + widthOf(each));
  const totalWidth = numbersWidth + (lefts.at(-1) ?? 0);
  const selection: Selection = {
    top: Math.min(active.row, anchor.row),
    bottom: Math.max(active.row, anchor.row),
    left: Math.min(active.column, anchor.column),
    right: Math.max(active.column, anchor.column),
  };
  const findingsAt = (index: number, { label }: FormField): readonly FormFinding[] =>
    (rows[index]?.findings ?? []).filter(({ column }) => column === label);

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

  const store = async (changes: readonly FormChange[], doing: string) => {
    const own = changes.map(({ row, field: key, value }): Pending => ({ row, field: key, value, hasFailed: false }));
    setPending((before) => new Map([...before, ...own.map((each) => [keyOf(each.row, each.field), each] as const)]));
    const isStored = await change(changes, doing);
    setPending((before) => {
      const after = new Map(before);
      for (const each of own) {
        const key = keyOf(each.row, each.field);
        // Something newer waits for its own answer.
        if (before.get(key) !== each) continue;
        // What was typed stays to be mended; emptying takes nothing that could be lost.
        if (isStored || each.value === "") after.delete(key);
        else after.set(key, { ...each, hasFailed: true });
      }
      return after;
    });
  };
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
    const hasFailed = pending.get(keyOf(row, field.key))?.hasFailed === true;
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
    const isControl = event.ctrlKey || event.metaKey;
    const page = Math.max(1, Math.floor((view.height - headerHeight) / rowHeight) - 1);
    const steps: Readonly<Record<string, readonly [down: number, right: number]>> = {
      ArrowDown: [isControl ? count : 1, 0],
      ArrowUp: [isControl ? -count : -1, 0],
      ArrowLeft: [0, isControl ? -fields.length : -1],
      ArrowRight: [0, isControl ? fields.length : 1],
      PageDown: [page, 0],
      PageUp: [-page, 0],
      Home: [isControl ? -count : 0, -fields.length],
      End: [isControl ? count : 0, fields.length],
    };
    const step = steps[key];
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
    } else if (isControl && key.toLowerCase() === "a") {
      setAnchorCell(cellAt({ row: 0, column: 0 }));
      setActiveCell(cellAt({ row: Math.max(0, rows.length - 1), column: fields.length - 1 }));
    } else return;
    isLeaving.current = false;
    event.preventDefault();
  };
  const onKeyDown = (event: KeyboardEvent) => {
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
  const first = Math.max(0, Math.floor(view.top / rowHeight) - spareRows);
  const last = Math.min(count - 1, Math.ceil((view.top + view.height) / rowHeight) + spareRows);
  const findings = findingsAt(active.row, field);
  const rowName = (index: number) =>
    rows[index]?.values.id || rows[index]?.values.name || `第 ${rowAt(table, index)} 行`;
  const isOpen = editing !== "no";
  const isLong = isOpen && field.kind === "longText";
  const current = valueAt(table, active.row, field);
  const editorWidth = isLong ? longWidth : widthOf(field);
  const cellLeft = numbersWidth + (lefts[active.column] ?? 0);
  const cellTop = headerHeight + active.row * rowHeight;
  // What opens at the lower or right edge opens inwards.
  const { scrollLeft = 0, clientWidth = 0 } = scroller.current ?? {};
  const opensUp = cellTop - view.top + longHeight > view.height && cellTop - view.top > longHeight;

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
          {/* biome-ignore lint/a11y/useSemanticElements: a table element keeps every row in the document */}
          <div
            role="grid"
            aria-label={`“${table.label}”表`}
            aria-rowcount={count + 1}
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
                    const waiting = pending.get(keyOf(rowAt(table, index), each.key));
                    const own = findingsAt(index, each);
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
          <div
            class={["grid-editor", isOpen ? "open" : "", opensUp ? "up" : ""].join(" ")}
            style={{
              top: `${isLong && opensUp ? cellTop + rowHeight - longHeight : cellTop}px`,
              left: `${isLong ? Math.max(numbersWidth, Math.min(cellLeft, scrollLeft + clientWidth - editorWidth - 8)) : cellLeft}px`,
              width: `${editorWidth}px`,
              height: `${isLong ? longHeight : rowHeight}px`,
            }}
          >
            <textarea
              ref={editor}
              aria-label={`${field.label}，${rowName(active.row)}：${isOpen ? "" : current.slice(0, 200) || "空"}${findings.map(({ message }) => `。${message}`).join("")}`}
              spellcheck={false}
              data-typed={isOpen ? "" : undefined}
              onKeyDown={onKeyDown}
              onCompositionStart={() => {
                if (editing === "no") edit("typed");
              }}
              onInput={() => {
                if (editing === "no") edit("typed");
              }}
              onBlur={commit}
              onCopy={(event) => {
                if (isOpen) return;
                event.preventDefault();
                copy(event.clipboardData);
              }}
              onCut={(event) => {
                if (isOpen) return;
                event.preventDefault();
                copy(event.clipboardData);
                clear();
              }}
              onPaste={(event) => {
                if (isOpen) return;
                event.preventDefault();
                paste(event.clipboardData?.getData("text/plain") ?? "");
              }}
            />
            {isOpen && choices.length > 0 && (
              <ul class="grid-choices" aria-label={`${field.label}的选项`}>
                {choices.map((each, i) => (
                  <li key={each}>
                    <button
                      type="button"
                      tabIndex={-1}
                      class={i === choice ? "grid-choice current" : "grid-choice"}
                      onMouseDown={(event) => {
                        event.preventDefault();
                        event.stopPropagation();
                        if (editor.current) editor.current.value = each;
                        commit();
                      }}
                    >
                      {each}
                    </button>
                  </li>
                ))}
              </ul>
            )}
          </div>
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

/** What a preview lists. */
const mostListed = 8;

function PastePreview({ plan, close }: { readonly plan: PastePlan; close(isWanted: boolean): void }) {
  const { changes, overwritten, newRows, locked, beyond } = plan;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const shorten = (text: string) => (text.length > 40 ? `${text.slice(0, 40)}……` : text);
  return (
    <dialog
      ref={dialog}
      aria-labelledby="paste-title"
      onClose={({ currentTarget }) => close(currentTarget.returnValue === "yes")}
    >
      <form method="dialog" class="paste">
        <h2 id="paste-title">粘贴前请核对</h2>
        <p>
          将写入 {changes.length} 格{overwritten.length > 0 && `，其中 ${overwritten.length} 格原有内容会被替换`}
          {newRows > 0 && `，新增 ${newRows} 行`}。
        </p>
        {locked > 0 && <p>{locked} 格已经填好、不能改，保持不变。</p>}
        {beyond > 0 && <p>右边多出 {beyond} 列，放不下，不粘贴。</p>}
        {overwritten.length > 0 && (
          <table>
            <Heads labels={["位置", "现在", "改为"]} />
            <tbody>
              {overwritten.slice(0, mostListed).map(({ row, label, from, to }) => (
                <tr key={`${row} ${label}`}>
                  <td class="place">
                    第 {row} 行 {label}
                  </td>
                  <td>{shorten(from)}</td>
                  <td>{to === "" ? "（清空）" : shorten(to)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {overwritten.length > mostListed && <p class="soft">……另有 {overwritten.length - mostListed} 格。</p>}
        <div class="buttons">
          <button type="submit" class="primary" value="yes">
            粘贴
          </button>
          <button type="submit" value="no">
            取消
          </button>
        </div>
      </form>
    </dialog>
  );
}
