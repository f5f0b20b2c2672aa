import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import "./drawer.css";

/** Something to read beside the desk, as the sidebar is in Google; Escape closes it. */
export function Drawer(props: {
  readonly title: string;
  readonly isWide?: boolean;
  close(): void;
  readonly children: ComponentChildren;
}) {
  const { title, isWide = false, close, children } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog class={isWide ? "drawer wide" : "drawer"} aria-label={title} ref={dialog} onClose={close}>
      <form method="dialog" class="row spread">
        <strong>{title}</strong>
        <button type="submit">关闭</button>
      </form>
      {children}
    </dialog>
  );
}
