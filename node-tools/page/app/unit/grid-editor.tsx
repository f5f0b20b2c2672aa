import type { RefObject } from "preact";
import type { FormField } from "../../unit/form-protocol.ts";
import { headerHeight, numbersWidth, rowHeight, widthOf } from "./grid-geometry.ts";
import type { Place } from "./plan-paste.ts";

/** Where a section of a text is written. */
const longWidth = 560;
const longHeight = 260;

/**
 * The text area that lies over the active cell and takes every key: in it a cell is typed in while it is open, with the
 * choices of the cell below it.
 */
export function GridEditor(props: {
  readonly editor: RefObject<HTMLTextAreaElement>;
  readonly place: Place;
  /** Where the column begins, right of the numbers. */
  readonly left: number;
  readonly field: FormField;
  readonly isOpen: boolean;
  /** What the cell is and holds, for those who do not see it. */
  readonly label: string;
  /** Which of the choices is taken; -1 for none. */
  readonly choice: number;
  /** What of the table is in view. */
  readonly view: { readonly top: number; readonly height: number; readonly left: number; readonly width: number };
  press(event: KeyboardEvent): void;
  /** Something is typed over a cell that was not open. */
  begin(): void;
  commit(): void;
  copy(clipboard: DataTransfer | null): void;
  clear(): void;
  paste(text: string): void;
}) {
  const { editor, place, left, field, isOpen, label, choice, view, press, begin, commit, copy, clear, paste } = props;
  const isLong = isOpen && field.kind === "longText";
  const width = isLong ? longWidth : widthOf(field);
  const [cellLeft, cellTop] = [numbersWidth + left, headerHeight + place.row * rowHeight];
  // What opens at the lower or right edge opens inwards.
  const opensUp = cellTop - view.top + longHeight > view.height && cellTop - view.top > longHeight;
  const beginOnce = () => {
    if (!isOpen) begin();
  };
  /** While a cell is open, its text is copied and pasted as any other. */
  const overCell = (handle: (clipboard: DataTransfer | null) => void) => (event: ClipboardEvent) => {
    if (isOpen) return;
    event.preventDefault();
    handle(event.clipboardData);
  };
  return (
    <div
      class={["grid-editor", isOpen ? "open" : "", opensUp ? "up" : ""].join(" ")}
      style={{
        top: `${isLong && opensUp ? cellTop + rowHeight - longHeight : cellTop}px`,
        left: `${isLong ? Math.max(numbersWidth, Math.min(cellLeft, view.left + view.width - width - 8)) : cellLeft}px`,
        width: `${width}px`,
        height: `${isLong ? longHeight : rowHeight}px`,
      }}
    >
      <textarea
        ref={editor}
        aria-label={label}
        spellcheck={false}
        data-typed={isOpen ? "" : undefined}
        onKeyDown={press}
        onCompositionStart={beginOnce}
        onInput={beginOnce}
        onBlur={commit}
        onCopy={overCell(copy)}
        onCut={overCell((clipboard) => {
          copy(clipboard);
          clear();
        })}
        onPaste={overCell((clipboard) => paste(clipboard?.getData("text/plain") ?? ""))}
      />
      {isOpen && field.choices.length > 0 && (
        <ul class="grid-choices" aria-label={`${field.label}的选项`}>
          {field.choices.map((each, i) => (
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
  );
}
