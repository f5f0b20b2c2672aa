import { useState } from "preact/hooks";
import type { KeptFile } from "../../protocol.ts";
import type { CommandOptions } from "../runs.ts";
import { type Action, type Field, folders, inputsFor } from "./steps.ts";

/** An action of a step: the files that it takes, its settings, and the buttons that carry it out. */
export function ActionForm(props: {
  readonly action: Action;
  readonly files: readonly KeptFile[];
  /** The folder of the award. */
  readonly home: string;
  readonly disabled: boolean;
  readonly why: string;
  /** Settings by their names: what is chosen for one action of a step holds for the next. */
  readonly values: Readonly<Record<string, string>>;
  change(name: string, value: string): void;
  run(operands: readonly string[], options: CommandOptions): Promise<unknown>;
  give(folder: string): Promise<unknown>;
  drop(folder: string, transfer: DataTransfer): Promise<unknown>;
}) {
  const { action, files, home, disabled, why, values, change, run, give, drop } = props;
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const inputs = action.takes ? inputsFor(action, files, home) : [];
  const taken = inputs.filter(({ path }) => !left.has(path)).map(({ path }) => path);
  const options = (): Record<string, string[]> =>
    Object.fromEntries(
      (action.fields ?? []).flatMap(({ name, kind }) => {
        const value = values[name] ?? "";
        // A file that is not to be taken any more is not chosen either.
        const isLeft = kind === "input" && !taken.some((path) => placeOf(path) === value);
        return value === "" || isLeft ? [] : [[name, [value]]];
      }),
    );
  const folder = action.takes;
  return (
    <form
      class="action"
      onSubmit={(event) => {
        event.preventDefault();
        void run(taken, options());
      }}
    >
      <p>{action.purpose}</p>
      {folder && (
        <div class="inputs">
          {/* biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same without a mouse */}
          <div
            class="drop small"
            onDragOver={(event) => event.preventDefault()}
            onDrop={(event) => {
              event.preventDefault();
              if (event.dataTransfer) void drop(folder, event.dataTransfer);
            }}
          >
            把{folder === folders.returned || folder === folders.firstReturned ? "专家交回的评分表" : folder}
            拖到这里，或
            <button type="button" class="quiet" onClick={() => give(folder)}>
              选择文件
            </button>
          </div>
          {inputs.length > 0 && (
            <details open={inputs.length <= 12}>
              <summary>
                将收下 {taken.length} 个文件{left.size > 0 ? `，不收 ${inputs.length - taken.length} 个` : ""}
              </summary>
              <ul class="ticks">
                {inputs.map(({ path }) => (
                  <li key={path}>
                    <label>
                      <input
                        type="checkbox"
                        checked={!left.has(path)}
                        onChange={() => {
                          const now = new Set(left);
                          if (!now.delete(path)) now.add(path);
                          setLeft(now);
                        }}
                      />
                      {path}
                    </label>
                  </li>
                ))}
              </ul>
            </details>
          )}
        </div>
      )}
      {(action.fields ?? []).map((field) => (
        <SettingField
          key={field.name}
          field={field.kind === "input" ? amongInputs(field, taken) : field}
          value={values[field.name] ?? ""}
          change={(value) => change(field.name, value)}
        />
      ))}
      <div class="buttons">
        {action.canPreview && (
          <button
            type="button"
            disabled={disabled}
            onClick={({ currentTarget: { form } }) => {
              if (form?.reportValidity()) void run(taken, { ...options(), "dry-run": ["true"] });
            }}
          >
            先看结果，不写入
          </button>
        )}
        <button type="submit" class="primary" disabled={disabled || (folder !== undefined && taken.length === 0)}>
          {action.label}
        </button>
        {why !== "" && <span class="soft">{why}</span>}
      </div>
    </form>
  );
}

/** As a command names it. */
const placeOf = (path: string) => `/${path}`;

function amongInputs(field: Field, inputs: readonly string[]): Field {
  const choices = inputs.map((path) => ({ value: placeOf(path), label: path.slice(path.lastIndexOf("/") + 1) }));
  return { ...field, kind: "choice", choices: [{ value: "", label: "不用指明" }, ...choices] };
}

function SettingField(props: { readonly field: Field; readonly value: string; change(value: string): void }) {
  const { field, value, change } = props;
  const { label, kind, help, required } = field;
  const words = (
    <>
      {label}
      {help ? <span class="soft">（{help}）</span> : null}
    </>
  );
  if (kind === "switch")
    return (
      <label class="switch">
        <input
          type="checkbox"
          checked={value !== ""}
          onChange={(event) => change(event.currentTarget.checked ? "true" : "")}
        />
        {words}
      </label>
    );
  if (kind === "choice")
    return (
      <label class="field">
        {words}
        <select value={value} required={required} onChange={(event) => change(event.currentTarget.value)}>
          {field.choices?.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      </label>
    );
  return (
    <label class="field">
      {words}
      <input type={kind} value={value} required={required} onChange={(event) => change(event.currentTarget.value)} />
    </label>
  );
}
