import { useEffect, useRef } from "preact/hooks";
import { Heads } from "../../../../apps-script/dialogs/pages/parts.tsx";
import type { PastePlan } from "./plan-paste.ts";

/** What a preview lists. */
const mostListed = 8;

/** Asks before a block replaces what stands there, adds rows or does not fit. */
export function PastePreview({ plan, close }: { readonly plan: PastePlan; close(isWanted: boolean): void }) {
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
