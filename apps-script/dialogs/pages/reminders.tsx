import { useRef, useState } from "preact/hooks";
import type { RemindersView, ReminderView } from "../views.ts";
import { Empty } from "./parts.tsx";
import "./reminders.css";

/** Whether the text is in the clipboard now; a page inside another may not be let to write there. */
async function copy(text: HTMLTextAreaElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text.value);
    return true;
  } catch {
    text.select();
    return document.execCommand("copy");
  }
}

/** A text to be pasted into a chat. @param label whom it is for */
export function TextToCopy({ label, text }: { readonly label: string; readonly text: string }) {
  const [done, setDone] = useState("复制");
  const box = useRef<HTMLTextAreaElement>(null);
  const take = async () => {
    if (box.current) setDone((await copy(box.current)) ? "已复制" : "请按 Ctrl+C");
  };
  return (
    <div class="to-copy">
      <textarea aria-label={label} readOnly rows={7} value={text} ref={box} />
      <button type="button" onClick={take}>
        {done}
      </button>
    </div>
  );
}

function Reminder({ reminder: { name, about, contact, text } }: { readonly reminder: ReminderView }) {
  return (
    <details class="reminder">
      <summary>
        {name}
        <small>{about}</small>
      </summary>
      {contact !== "" && <p class="soft">联系：{contact}</p>}
      <TextToCopy label={`给${name}的话`} text={text} />
    </details>
  );
}

/** 催交文字: a text for each unit and each expert, and a button that copies it. */
export function Reminders({ view: { units, experts } }: { readonly view: RemindersView }) {
  if (units.length + experts.length === 0)
    return <Empty title="没有要催交的" text="单位已报齐，评分已交齐。" tone="good" />;
  return (
    <div class="reminders">
      {[["专家", experts] as const, ["单位", units] as const].map(
        ([title, reminders]) =>
          reminders.length > 0 && (
            <section key={title} aria-label={title}>
              <h3>
                {title}（{reminders.length}）
              </h3>
              {reminders.map((reminder) => (
                <Reminder key={reminder.name} reminder={reminder} />
              ))}
            </section>
          ),
      )}
    </div>
  );
}
