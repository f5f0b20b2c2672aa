import { useState } from "preact/hooks";
import type { LeftOut } from "../../../../apps-script/core/evidence/left-out.ts";
import { keepsFile } from "../../../../apps-script/core/schema/choices.ts";
import { leftOutSheet } from "../../../../apps-script/core/schema/evidence.ts";
import { labelOf } from "../../../../apps-script/core/schema/sheet-spec.ts";
import { Heads, ScrollTable } from "../../../../apps-script/dialogs/pages/parts.tsx";
import type { CommandResult, MadeFile } from "../../protocol.ts";
import type { Attempt } from "../attempt.ts";
import { canOpenFolders, chooseFolder } from "../hand-over.ts";
import { MaterialFolder } from "../materials/material-folder.tsx";
import { remote } from "../remote.ts";
import type { CommandOptions } from "../runs.ts";
import { type Action, folders, inWordsOfThePage, packMaterials } from "./steps.ts";

/** Among results: what has been told of materials stays while other things of the step are done. */
export const materialsKey = "匿名材料";
const materials: Action = {
  label: "匿名材料",
  command: "materials",
  purpose: "",
  options: { out: [folders.anonymous] },
  stays: { with: materialsKey, adds: false },
};
const packets: Action = {
  label: packMaterials,
  command: "packets",
  purpose: "",
  options: { out: [folders.sheets] },
  stays: { with: materialsKey, adds: true },
};

/** What the two commands say, as far as this is about it. */
interface Told {
  readonly leftOut?: readonly LeftOut[];
  readonly list?: string;
  readonly archives?: readonly string[];
}

const columns = ["reviewId", "file", "reason", "ruling"] as const;

/** Writes files into a folder of the disk, each as it comes. */
async function writeInto(folder: FileSystemDirectoryHandle, files: readonly MadeFile[]): Promise<void> {
  for (const { path, file } of files) {
    let at = folder;
    const names = path.split("/").filter((name) => name !== "");
    for (const name of names.slice(0, -1)) at = await at.getDirectoryHandle(name, { create: true });
    const handle = await at.getFileHandle(names.at(-1) ?? path, { create: true });
    await file.stream().pipeTo(await handle.createWritable());
  }
}

function download({ path, file }: MadeFile): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = path.slice(path.lastIndexOf("/") + 1);
  link.click();
  // The browser has begun to read by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Anonymous copies of the submitted files for the experts: made, looked through, packed, saved. */
export function AnonymousMaterials(props: {
  readonly attempt: Attempt;
  readonly disabled: boolean;
  /** Of the award, with a slash behind it; "" at the top. */
  readonly home: string;
  readonly result: CommandResult | undefined;
  run(action: Action, options: CommandOptions): Promise<unknown>;
}) {
  const { attempt, disabled, home, result, run } = props;
  const [chosen, setChosen] = useState<ReadonlySet<LeftOut>>(new Set());
  const [told, setTold] = useState("");
  const { leftOut = [], list, archives } = (result?.result ?? {}) as Told;
  const make = () => run(materials, { files: ["/材料"] });
  const keep = () =>
    attempt(async () => {
      await remote.keepLeftOut(list ?? "", [...chosen]);
      setChosen(new Set());
      await make();
    });
  const save = () =>
    attempt(async () => {
      const files = await remote.madeFiles([`/${home}${folders.anonymous}`, `/${home}${folders.sheets}`]);
      if (canOpenFolders()) {
        const folder = await chooseFolder("readwrite");
        if (!folder) return;
        await writeInto(folder, files);
        setTold(`已存到「${folder.name}」，${files.length} 个文件。`);
        return;
      }
      const archived = files.filter(({ path }) => path.endsWith(".zip"));
      for (const each of archived) download(each);
      setTold(`正在下载 ${archived.length} 个压缩包；浏览器问时，请允许下载多个文件。`);
    });
  const isMade = list !== undefined || archives !== undefined;
  return (
    <div class="action">
      <h3>给专家看的匿名材料</h3>
      <p>
        从单位提交的文件做：名称中性，作者、批注者、拍摄信息等一律清除，看得见的内容不动，视频不重新编码。看得见的内容里有身份信息的不放入，逐个列出。
      </p>
      <MaterialFolder attempt={attempt} disabled={disabled} chosen={make} />
      {leftOut.length > 0 && (
        <>
          <ScrollTable label={leftOutSheet.label}>
            <Heads labels={columns.map((key) => labelOf(leftOutSheet, key))} />
            <tbody>
              {leftOut.map((each) => (
                <tr key={`${each.reviewId}${each.file}`}>
                  <td>{each.reviewId}</td>
                  <td>{each.file}</td>
                  <td>{inWordsOfThePage(each.reason)}</td>
                  <td>
                    <label class="switch">
                      <input
                        type="checkbox"
                        checked={chosen.has(each)}
                        onChange={(event) => {
                          const next = new Set(chosen);
                          if (event.currentTarget.checked) next.add(each);
                          else next.delete(each);
                          setChosen(next);
                        }}
                      />
                      {keepsFile}
                    </label>
                  </td>
                </tr>
              ))}
            </tbody>
          </ScrollTable>
          <p class="soft">
            打开看过、确认没有身份信息的，勾上“{keepsFile}”；要改的，请单位改好文件，再选一次材料文件夹。
          </p>
          <div class="row">
            <button type="button" disabled={disabled || chosen.size === 0} onClick={keep}>
              放入勾上的 {chosen.size} 个，再做一次
            </button>
          </div>
        </>
      )}
      {isMade && (
        <div class="row">
          <button
            type="button"
            class="primary"
            disabled={disabled}
            onClick={() => run(packets, { materials: [`/${home}${folders.anonymous}`] })}
          >
            {packMaterials}
          </button>
          {archives !== undefined && (
            <button type="button" disabled={disabled || archives.length === 0} onClick={save}>
              {canOpenFolders() ? "存到文件夹" : "下载压缩包"}
            </button>
          )}
          <strong role="status">{told}</strong>
        </div>
      )}
    </div>
  );
}
