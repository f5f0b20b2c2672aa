import { useState } from "preact/hooks";

/** As `casebook remind --json` gives it, of units and experts. */
export interface Reminder {
  readonly unit?: string;
  readonly name?: string;
  readonly id?: string;
  readonly text: string;
}

/** Texts to be pasted into a chat, one a unit or expert. */
export function Reminders({ title, reminders }: { readonly title: string; readonly reminders: readonly Reminder[] }) {
  if (reminders.length === 0) return null;
  return (
    <details class="panel">
      <summary>
        {title}（{reminders.length}）
      </summary>
      {reminders.map(({ id, name, unit, text }) => (
        <ReminderText key={text} summary={[id, name, unit].filter(Boolean).join(" ")} text={text} />
      ))}
    </details>
  );
}

/** A text to be pasted into a chat, folded. */
export function ReminderText({ summary, text }: { readonly summary: string; readonly text: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <details class="group">
      <summary>{summary}</summary>
      <p class="reminder">{text}</p>
      <button type="button" onClick={copy}>
        {copied ? "已复制" : "复制"}
      </button>
    </details>
  );
}
