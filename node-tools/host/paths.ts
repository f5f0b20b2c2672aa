import { host } from "#host";

export const { basename, dirname, extname, join, parse, relative, resolve, sep } = host.paths;
