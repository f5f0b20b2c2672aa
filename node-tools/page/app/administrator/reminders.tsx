import { TextToCopy } from "../../../../apps-script/dialogs/pages/reminders.tsx";

/** A text to be pasted into a chat, folded. */
export function ReminderText({ summary, text }: { readonly summary: string; readonly text: string }) {
  return (
    <details class="group">
      <summary>{summary}</summary>
      <TextToCopy label={summary} text={text} />
    </details>
  );
}
