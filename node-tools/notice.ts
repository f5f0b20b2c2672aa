import { ningxia2025 } from "../apps-script/core/notice/ningxia-2025.ts";

/** The notice in force. */
export const notice = ningxia2025;
