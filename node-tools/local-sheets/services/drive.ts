import type { Execution } from "../runtime/execution.ts";
import { folderType, type StoredFile, type StoredFiles, spreadsheetType } from "../runtime/stored-files.ts";
import { createBlob, type FakeBlob } from "./blob.ts";
import { defineEnumeration } from "./enumeration.ts";
import { createUser } from "./session.ts";
import { ownFake, refuseUnsupported, standInFor } from "./unsupported.ts";

type DriveFile = GoogleAppsScript.Drive.File;
type DriveFolder = GoogleAppsScript.Drive.Folder;

type SupportedOfFile =
  | "getId"
  | "getName"
  | "getMimeType"
  | "getBlob"
  | "getLastUpdated"
  | "getSize"
  | "getOwner"
  | "getEditors"
  | "getViewers"
  | "addEditor"
  | "addViewer"
  | "removeEditor"
  | "removeViewer"
  | "setSharing"
  | "setShareableByEditors"
  | "setTrashed"
  | "moveTo"
  | "getParents"
  | "isTrashed";

type SupportedOfFolder = "getId" | "getName" | "createFile" | "getFiles" | "getFolders" | "addFile";

const notFound =
  "No item with the given ID could be found. Possibly because you have not edited this item or you do not have permission to access it.";
const denied = "Access denied: DriveApp.";
const rootFolder = "root";

const Access = defineEnumeration("ANYONE", "ANYONE_WITH_LINK", "DOMAIN", "DOMAIN_WITH_LINK", "PRIVATE");
const Permission = defineEnumeration("VIEW", "EDIT", "COMMENT", "OWNER", "ORGANIZER", "FILE_ORGANIZER", "NONE");

const emailOf = (user: unknown): string =>
  typeof user === "string" ? user : (user as GoogleAppsScript.Base.User).getEmail();

/** The drive as one execution sees it. */
/** The published types know two kinds of users, which are one. */
const userOf = (email: string) => createUser(email) as GoogleAppsScript.Drive.User;

class Drive {
  readonly execution: Execution;
  readonly files: StoredFiles;
  readonly now: () => number;

  constructor(execution: Execution, files: StoredFiles, now: () => number) {
    this.execution = execution;
    this.files = files;
    this.now = now;
  }

  find(id: string, isFolder: boolean): StoredFile {
    const file = this.files.get(id);
    const isVisible = this.files.rightOf(id, this.execution.user) !== undefined;
    if (file === undefined || !isVisible || (file.mimeType === folderType) !== isFolder) throw new Error(notFound);
    return file;
  }

  /** Files or folders that lie in a folder and are shown to the acting user. */
  within(folder: string, isFolder: boolean): StoredFile[] {
    const { user } = this.execution;
    return this.files
      .all()
      .filter((file) => (file.folder ?? rootFolder) === folder && (file.mimeType === folderType) === isFolder)
      .filter((file) => !file.trashed && this.files.rightOf(file.id, user) !== undefined);
  }

  wrapFile(file: StoredFile): DriveFile {
    return refuseUnsupported<DriveFile>("File", new FakeFile(this, file));
  }

  wrapFolder(folder: StoredFile): DriveFolder {
    return refuseUnsupported<DriveFolder>("Folder", new FakeFolder(this, folder));
  }
}

function iterate<T>(items: readonly T[]): { hasNext(): boolean; next(): T } {
  const left = [...items];
  return {
    hasNext: () => left.length > 0,
    next: () => {
      const item = left.shift();
      if (item === undefined) throw new Error("Cannot retrieve the next object: iterator has reached the end.");
      return item;
    },
  };
}

class FakeFile implements Pick<DriveFile, SupportedOfFile> {
  private readonly drive: Drive;
  readonly file: StoredFile;

  constructor(drive: Drive, file: StoredFile) {
    this.drive = drive;
    this.file = file;
  }

  getId(): string {
    return this.read("getId").id;
  }

  getName(): string {
    return this.read("getName").name;
  }

  getMimeType(): string {
    return this.read("getMimeType").mimeType;
  }

  getSize(): number {
    return this.read("getSize").bytes?.length ?? 0;
  }

  getLastUpdated(): GoogleAppsScript.Base.Date {
    return new Date(this.read("getLastUpdated").updated) as unknown as GoogleAppsScript.Base.Date;
  }

  getBlob(): GoogleAppsScript.Base.Blob {
    const { bytes, mimeType, name } = this.read("getBlob");
    if (bytes === undefined) throw new Error("File.getBlob of a spreadsheet is not supported by the local Sheets");
    return createBlob(bytes, mimeType, name);
  }

  getOwner(): GoogleAppsScript.Drive.User {
    return userOf(this.read("getOwner").owner);
  }

  getEditors(): GoogleAppsScript.Drive.User[] {
    return [...this.read("getEditors").editors].map(userOf);
  }

  getViewers(): GoogleAppsScript.Drive.User[] {
    return [...this.read("getViewers").viewers].map(userOf);
  }

  isTrashed(): boolean {
    return this.read("isTrashed").trashed;
  }

  getParents(): GoogleAppsScript.Drive.FolderIterator {
    const parent = this.drive.files.get(this.read("getParents").folder ?? "");
    const folders = parent === undefined ? [] : [this.drive.wrapFolder(parent)];
    return refuseUnsupported<GoogleAppsScript.Drive.FolderIterator>("FolderIterator", iterate(folders));
  }

  addEditor(user: unknown): DriveFile {
    return this.share("addEditor", emailOf(user), "edit");
  }

  /** Somebody who may edit already stays an editor. */
  addViewer(user: unknown): DriveFile {
    const email = emailOf(user);
    return this.share("addViewer", email, this.drive.files.mayEdit(this.file.id, email) ? "edit" : "view");
  }

  removeEditor(user: unknown): DriveFile {
    return this.share("removeEditor", emailOf(user), "none");
  }

  removeViewer(user: unknown): DriveFile {
    const email = emailOf(user);
    return this.share("removeViewer", email, this.drive.files.mayEdit(this.file.id, email) ? "edit" : "none");
  }

  setSharing(access: unknown, permission: unknown): DriveFile {
    this.write("setSharing");
    if (access !== Access.PRIVATE || (permission !== Permission.NONE && permission !== Permission.EDIT)) {
      throw new Error("File.setSharing with anybody outside is not supported by the local Sheets");
    }
    return standInFor<DriveFile>(this);
  }

  setShareableByEditors(shareable: boolean): DriveFile {
    this.write("setShareableByEditors", "owner");
    this.file.shareableByEditors = shareable;
    return standInFor<DriveFile>(this);
  }

  setTrashed(trashed: boolean): DriveFile {
    this.write("setTrashed", "owner");
    this.file.trashed = trashed;
    return standInFor<DriveFile>(this);
  }

  moveTo(destination: DriveFolder): DriveFile {
    this.write("moveTo");
    this.file.folder = ownFake(FakeFolder, destination).folder.id;
    return standInFor<DriveFile>(this);
  }

  private read(method: string): StoredFile {
    this.drive.execution.call(`File.${method}`);
    if (this.drive.files.rightOf(this.file.id, this.drive.execution.user) === undefined) throw new Error(notFound);
    return this.file;
  }

  private write(method: string, needs: "owner" | "edit" = "edit"): void {
    this.drive.execution.call(`File.${method}`);
    const right = this.drive.files.rightOf(this.file.id, this.drive.execution.user);
    if (right !== "owner" && (needs === "owner" || right !== "edit")) throw new Error(denied);
    this.file.updated = this.drive.now();
  }

  private share(method: string, email: string, right: "edit" | "view" | "none"): DriveFile {
    this.write(method, this.file.shareableByEditors ? "edit" : "owner");
    if (right !== "none") this.drive.files.requireAccount(email);
    this.drive.files.share(this.file.id, email, right);
    return standInFor<DriveFile>(this);
  }
}

class FakeFolder implements Pick<DriveFolder, SupportedOfFolder> {
  private readonly drive: Drive;
  readonly folder: StoredFile;

  constructor(drive: Drive, folder: StoredFile) {
    this.drive = drive;
    this.folder = folder;
  }

  getId(): string {
    this.drive.execution.call("Folder.getId");
    return this.folder.id;
  }

  getName(): string {
    this.drive.execution.call("Folder.getName");
    return this.folder.name;
  }

  createFile(blob: unknown): DriveFile {
    this.drive.execution.call("Folder.createFile");
    if (typeof blob === "string")
      throw new Error("Folder.createFile(name, content) is not supported by the local Sheets");
    const source = blob as FakeBlob;
    const name = source.getName();
    if (name === null) throw new Error("Blob object must have non-null name for this operation.");
    const file = this.drive.files.add({
      name,
      owner: this.drive.execution.user,
      mimeType: source.getContentType() ?? "application/octet-stream",
      bytes: source.bytes,
    });
    file.folder = this.folder.id;
    return this.drive.wrapFile(file);
  }

  addFile(child: DriveFile): DriveFolder {
    this.drive.execution.call("Folder.addFile");
    ownFake(FakeFile, child).file.folder = this.folder.id;
    return standInFor<DriveFolder>(this);
  }

  getFiles(): GoogleAppsScript.Drive.FileIterator {
    this.drive.execution.call("Folder.getFiles");
    const files = this.drive.within(this.folder.id, false).map((file) => this.drive.wrapFile(file));
    return refuseUnsupported<GoogleAppsScript.Drive.FileIterator>("FileIterator", iterate(files));
  }

  getFolders(): GoogleAppsScript.Drive.FolderIterator {
    this.drive.execution.call("Folder.getFolders");
    const folders = this.drive.within(this.folder.id, true).map((folder) => this.drive.wrapFolder(folder));
    return refuseUnsupported<GoogleAppsScript.Drive.FolderIterator>("FolderIterator", iterate(folders));
  }
}

export function createDriveApp(execution: Execution, files: StoredFiles, now: () => number) {
  const drive = new Drive(execution, files, now);
  type Supported = "getFileById" | "getFolderById" | "createFolder" | "getFilesByName";
  const service: Pick<GoogleAppsScript.Drive.DriveApp, Supported> & {
    Access: typeof Access;
    Permission: typeof Permission;
  } = {
    Access,
    Permission,
    getFileById(id) {
      execution.call("DriveApp.getFileById");
      return drive.wrapFile(drive.find(id, false));
    },
    getFolderById(id) {
      execution.call("DriveApp.getFolderById");
      return drive.wrapFolder(drive.find(id, true));
    },
    createFolder(name) {
      execution.call("DriveApp.createFolder");
      return drive.wrapFolder(files.add({ name, owner: execution.user, mimeType: folderType }));
    },
    getFilesByName(name) {
      execution.call("DriveApp.getFilesByName");
      const found = files
        .all()
        .filter((file) => file.name === name && file.mimeType !== folderType && !file.trashed)
        .filter((file) => files.rightOf(file.id, execution.user) !== undefined);
      const wrapped = found.map((file) => drive.wrapFile(file));
      return refuseUnsupported<GoogleAppsScript.Drive.FileIterator>("FileIterator", iterate(wrapped));
    },
  };
  return refuseUnsupported("DriveApp", service);
}

/** The constants that files of these kinds have. */
export const mimeTypes = {
  GOOGLE_SHEETS: spreadsheetType,
  FOLDER: folderType,
  CSV: "text/csv",
  PLAIN_TEXT: "text/plain",
  HTML: "text/html",
  PDF: "application/pdf",
  ZIP: "application/zip",
  MICROSOFT_EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  MICROSOFT_WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
} as const;
