import { inWordsOfThePage } from "./steps.ts";

/** What `casebook status --json` says. */
export interface Status {
  readonly stage: string;
  readonly open: readonly { readonly message: string; readonly details: readonly string[] }[];
  readonly next: string;
  readonly units: readonly { readonly unit: string }[];
}

/**
 * How far the award has come; what is open with what to do about it. Keeps its place while it is read and read again: nothing
 * below may move under a pointer.
 * @param isOld the workbooks have changed since, and are being looked at again
 */
export function Overview({ status, isOld }: { readonly status: Status | undefined; readonly isOld: boolean }) {
  return (
    <section class="overview" aria-label="进度">
      {status && <span class="stage">{status.stage}</span>}
      {status && status.open.length > 0 ? (
        <ul class={isOld ? "soft" : ""}>
          {status.open.map(({ message, details }) => (
            <li key={message}>
              {details.length === 0 ? (
                message
              ) : (
                <details>
                  <summary>{message}</summary>
                  {details.map((detail) => (
                    <p key={detail} class="detail">
                      {inWordsOfThePage(detail)}。
                    </p>
                  ))}
                </details>
              )}
            </li>
          ))}
        </ul>
      ) : (
        status && !isOld && <span class="good">没有未了的事项</span>
      )}
      {(!status || isOld) && <span class="soft">正在更新……</span>}
    </section>
  );
}
