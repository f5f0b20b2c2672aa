/** What the dialogs are made of. */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";

/** Says that something is on its way. */
export function Loading({ text }: { readonly text: string }) {
  return (
    <div class="state" role="status">
      <span class="spinner" />
      <p>{text}</p>
    </div>
  );
}

/** Says that there is nothing, and why that is. */
export function Empty(props: { readonly title: string; readonly text: string; readonly tone?: "good" | "plain" }) {
  const { title, text, tone = "plain" } = props;
  return (
    <div class={`state ${tone}`} role="status">
      <span class="mark" aria-hidden="true">
        {tone === "good" ? "✓" : "—"}
      </span>
      <p class="strong">{title}</p>
      <p>{text}</p>
    </div>
  );
}

/** Says what went wrong and offers to do it again. */
export function Failed({ message, retry }: { readonly message: string; retry(): void }) {
  return (
    <div class="state bad" role="alert">
      <span class="mark" aria-hidden="true">
        !
      </span>
      <p class="message">{message}</p>
      <button type="button" class="primary" onClick={retry}>
        再试一次
      </button>
    </div>
  );
}

/** A line that says what has just happened. */
export function Notice({ tone, text }: { readonly tone: "bad" | "plain"; readonly text: string }) {
  return (
    <p class={`notice ${tone}`} role={tone === "bad" ? "alert" : "status"}>
      {text}
    </p>
  );
}

/** What is read from the host. It stays as it is, out of sight, while it is read again. */
export function Loaded<View>(props: {
  readonly waits: string;
  load(): Promise<View>;
  children(view: View, again: () => void): ComponentChildren;
}) {
  const { waits, load, children } = props;
  const [view, setView] = useState<View>();
  const [fault, setFault] = useState<string>();
  const [isWaiting, setWaiting] = useState(true);
  const read = async () => {
    setWaiting(true);
    setFault(undefined);
    try {
      setView(await load());
    } catch (error) {
      setFault((error as Error).message);
    }
    setWaiting(false);
  };
  useEffect(() => void read(), []);
  return (
    <>
      {isWaiting && <Loading text={waits} />}
      {fault !== undefined && <Failed message={fault} retry={read} />}
      {view !== undefined && <div hidden={isWaiting || fault !== undefined}>{children(view, read)}</div>}
    </>
  );
}

export function Part({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <section class="part">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** A plain list, or one of another look, which may scroll; nothing where there are no texts. */
export function Texts({ texts, look = "texts" }: { readonly texts: readonly string[]; readonly look?: string }) {
  if (texts.length === 0) return null;
  return (
    <ul class={look} tabIndex={look === "texts" ? undefined : 0}>
      {texts.map((text, i) => (
        <li key={`${i}${text}`}>{text}</li>
      ))}
    </ul>
  );
}

/** A part with a list; nothing where there are no texts. */
export function TextsPart(props: {
  readonly title: string;
  readonly texts: readonly string[];
  readonly look?: string;
}) {
  const { title, ...list } = props;
  if (list.texts.length === 0) return null;
  return (
    <Part title={title}>
      <Texts {...list} />
    </Part>
  );
}

/** One large number and what it counts. */
export function Fact(props: {
  readonly label: string;
  readonly value: string;
  readonly tone?: "good" | "warning" | undefined;
}) {
  const { label, value, tone } = props;
  return (
    <div class={tone === undefined ? "fact" : `fact ${tone}`}>
      <dd>{value}</dd>
      <dt>{label}</dt>
    </div>
  );
}

/** A table that may be wider or longer than its place; it can be scrolled by keyboard as well. */
export function ScrollTable({ label, children }: { readonly label: string; readonly children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without it nobody could scroll it by keyboard
    <section class="scroll" aria-label={label} tabIndex={0}>
      <table>{children}</table>
    </section>
  );
}

/** The head of a table. @param numbers labels of the columns that are aligned at the right */
export function Heads(props: { readonly labels: readonly string[]; readonly numbers?: readonly string[] }) {
  const { labels, numbers = [] } = props;
  return (
    <thead>
      <tr>
        {labels.map((label) => (
          <th key={label} scope="col" class={numbers.includes(label) ? "number" : undefined}>
            {label}
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** For a button that comes in the place of another that had the focus. */
export const focusOn = (button: HTMLButtonElement | null) => button?.focus();

/** One of a few. */
export function Segments<Value extends string>(props: {
  readonly label: string;
  readonly options: readonly (readonly [Value, string])[];
  readonly chosen: Value;
  choose(value: Value): void;
}) {
  const { label, options, chosen, choose } = props;
  return (
    <fieldset class="segments" aria-label={label}>
      {options.map(([value, text]) => (
        <button key={value} type="button" aria-pressed={value === chosen} onClick={() => choose(value)}>
          {text}
        </button>
      ))}
    </fieldset>
  );
}
