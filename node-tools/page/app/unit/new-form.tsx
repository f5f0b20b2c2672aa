import { useState } from "preact/hooks";
import type { UnitKind } from "../../../../apps-script/core/notice/notice.ts";
import { unitKindLabels } from "../../../../apps-script/core/schema/choices.ts";
import type { GivenFile } from "../../protocol.ts";
import { inWordsOfThePage } from "../administrator/steps.ts";
import type { Attempt } from "../attempt.ts";
import { chooseFiles, tellSkipped } from "../hand-over.ts";
import { remote } from "../remote.ts";

/** Asks whose form it is to be, and for what there is already. */
export function NewForm(props: { readonly attempt: Attempt; made(said: readonly string[]): Promise<void> }) {
  const { attempt, made } = props;
  const [name, setName] = useState("");
  const [kind, setKind] = useState<UnitKind>("bureau");
  const [files, setFiles] = useState<readonly GivenFile[]>([]);
  const [said, setSaid] = useState<readonly string[]>([]);
  const [busy, setBusy] = useState(false);
  const make = () =>
    attempt(async () => {
      setBusy(true);
      try {
        const { path, said: told } = await remote.makeForm({ name: name.trim(), kind }, files);
        if (path === undefined) setSaid(told);
        else await made(told);
      } finally {
        setBusy(false);
      }
    });
  return (
    <form
      class="new-form"
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
    >
      <label class="field">
        单位全称
        <input value={name} onInput={(event) => setName(event.currentTarget.value)} placeholder="如：兴庆区教育局" />
      </label>
      <label class="field">
        单位类别
        <select
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value === "bureau" ? "bureau" : "school")}
        >
          {Object.entries(unitKindLabels).map(([key, label]) => (
            <option key={key} value={key}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <p>
        <button
          type="button"
          onClick={() =>
            attempt(async () => {
              const chosen = await chooseFiles();
              if (chosen.given.length > 0) setFiles(chosen.given);
              setSaid(tellSkipped(chosen.skipped));
            })
          }
        >
          选择平台导出、附件 5、附件 6（可以不选）
        </button>{" "}
        {files.length > 0 && <span class="soft">已选 {files.map(({ path }) => path).join("、")}</span>}
      </p>
      <button type="submit" class="primary" disabled={busy || name.trim() === ""}>
        {busy ? "正在生成……" : "生成填报表"}
      </button>
      {said.map((line, i) => (
        <p key={`${i}${line}`} class="soft">
          {inWordsOfThePage(line)}
        </p>
      ))}
    </form>
  );
}
