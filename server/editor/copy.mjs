// Copies what the query page loads from the installed packages, with the licences of everything bundled in it.
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

const built = "node_modules/@zazuko/yasqe/build";
const target = process.argv[2];
const fresh = `${target}.new`;

/** Whose code it is, under which licence, with the text of the licence where the package brings it. */
async function licence(folder, { version, license }) {
  const text = (await readdir(folder)).find((name) => /^licen[cs]e/i.test(name));
  const about = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const author = typeof about.author === "object" ? about.author.name : about.author;
  const head = `${about.name} ${version}, ${license}${author ? `, by ${author}` : ""}`;
  return text ? `${head}\n\n${(await readFile(join(folder, text), "utf8")).trim()}` : `${head}; ${about.homepage ?? ""}`;
}

const { packages } = JSON.parse(await readFile("package-lock.json", "utf8"));
const bundled = Object.entries(packages).filter(([folder]) => folder && !folder.includes("@types/"));
const licences = await Promise.all(bundled.map(([folder, about]) => licence(folder, about)));

await rm(fresh, { recursive: true, force: true });
await mkdir(fresh, { recursive: true });
const code = await readFile(join(built, "yasqe.esm.js"), "utf8");
// The map is not served, so nothing should ask for it.
await writeFile(join(fresh, "yasqe.js"), code.replace(/\n\/\/# sourceMappingURL=\S+\s*$/, "\n"));
await writeFile(join(fresh, "yasqe.css"), await readFile(join(built, "yasqe.min.css")));
await writeFile(join(fresh, "LICENSES.txt"), `${licences.join(`\n\n${"-".repeat(80)}\n\n`)}\n`);
// Pages see all of it or nothing.
await rm(target, { recursive: true, force: true });
await rename(fresh, target);
