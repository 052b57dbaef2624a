// Copies the playground's libraries from node_modules to assets/, where the Go
// compiler embeds them. libraries.json says which; a file with another version
// or hash than it names stops the build, since the page would refuse it too.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";

const committed = [".gitignore", "README.md"];

const at = (path) => new URL(path, import.meta.url);
const json = (path) => JSON.parse(readFileSync(at(path), "utf8"));
const fail = (problem) => {
  console.error(problem);
  process.exit(1);
};

const libraries = json("libraries.json");
const contents = libraries.map(({ package: name, version, path, integrity }) => {
  const folder = `node_modules/${name}`;
  if (!existsSync(at(folder))) fail(`${name} is not installed: run npm ci first`);
  const installed = json(`${folder}/package.json`).version;
  if (installed !== version) {
    fail(`${name} is installed as ${installed}, but libraries.json names ${version}: change package.json and libraries.json together`);
  }
  const bytes = readFileSync(at(`${folder}/${path}`));
  const hash = `sha256-${createHash("sha256").update(bytes).digest("base64")}`;
  if (hash !== integrity) fail(`${name}/${path} has ${hash}, but libraries.json names ${integrity}`);
  return bytes;
});

// The bundles contain what they were built from, so the licences of all
// installed packages go with them.
const licences = Object.keys(json("package-lock.json").packages)
  .filter((folder) => folder !== "")
  .sort()
  .map((folder) => {
    const { name, version, license } = json(`${folder}/package.json`);
    const file = readdirSync(at(folder)).sort().find((entry) => /^licen[cs]e/i.test(entry));
    const text = file ? readFileSync(at(`${folder}/${file}`), "utf8").replaceAll("\r\n", "\n").trim() : "(no licence text in the package)";
    return `${name} ${version}: ${license ?? "see below"}\n\n${text}\n`;
  });

for (const entry of readdirSync(at("assets"))) {
  if (!committed.includes(entry)) rmSync(at(`assets/${entry}`), { recursive: true });
}
libraries.forEach(({ file }, i) => writeFileSync(at(`assets/${file}`), contents[i]));
writeFileSync(at("assets/LICENSES.txt"), licences.join(`\n${"-".repeat(72)}\n\n`));
console.log(`assets: ${libraries.length} files and the licences of ${licences.length} packages`);
