"""`pouch lsp` in Neovim, without a screen: what an editor sees of it, and what its quick fix writes."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.sites import entry, make_site

NEOVIM = shutil.which("nvim")
PATIENCE = 120
# `start_client` is in every Neovim from 0.5 on. Waits end with their condition.
SCRIPT = """
local patience = PATIENCE * 1000
local function show(name, value) io.stdout:write(vim.fn.json_encode({ name, value }) .. "\\n") end
local function wait_for(what, condition)
  if not vim.wait(patience, condition, 20) then show("waited in vain", what); vim.cmd("cquit 1") end
end
local function ask(method, line, character)
  local where = { textDocument = vim.lsp.util.make_text_document_params() }
  where.position = { line = line, character = character }
  for _, answer in pairs(vim.lsp.buf_request_sync(0, method, where, patience) or {}) do return answer.result end
end

vim.cmd("edit " .. FILE)
local client = vim.lsp.start_client({ name = "pouch", cmd = { PYTHON, "-m", "pouch", "lsp" }, root_dir = ROOT })
vim.lsp.buf_attach_client(0, client)
wait_for("faults", function() return #vim.diagnostic.get(0) > 0 end)
local faults = {}
for _, fault in ipairs(vim.diagnostic.get(0)) do table.insert(faults, { fault.lnum + 1, fault.code, fault.message }) end
show("faults", faults)

local labels = {}
for _, item in ipairs(ask("textDocument/completion", 4, 14).items) do labels[item.label] = true end
show("completed", labels["UA"] ~= nil or labels["Ukraine"] ~= nil)
show("hover", ask("textDocument/hover", 5, 10).contents.value)

local range = { start = { line = 0, character = 0 }, ["end"] = { line = 0, character = 0 } }
local asked = { textDocument = vim.lsp.util.make_text_document_params(), range = range, context = { diagnostics = {} } }
for _, answer in pairs(vim.lsp.buf_request_sync(0, "textDocument/codeAction", asked, patience)) do
  vim.lsp.util.apply_workspace_edit(answer.result[1].edit, "utf-16")
end
show("fixed", vim.api.nvim_buf_get_lines(0, 0, -1, false))
vim.cmd("qall!")
"""


@pytest.mark.skipif(NEOVIM is None, reason="Neovim is not installed")
def test_faults_completion_hover_and_fix_in_neovim(tmp_path: Path) -> None:
    """The fault of one line stands at that line; countries are completed; a topic is explained; names become codes."""
    text = entry("aaaa", "countries: [Ukraine, Ukrane]", "topics: [war]")
    lines = text.splitlines()
    site = make_site(tmp_path, {"entries/a.md": text})
    script = tmp_path / "errand.lua"
    values = {
        "PATIENCE": str(PATIENCE),
        "FILE": json.dumps(str(site / "content/entries/a.md")),
        "PYTHON": json.dumps(sys.executable),
        "ROOT": json.dumps(str(site)),
    }
    code = SCRIPT
    for name, value in values.items():
        code = code.replace(name, value)
    script.write_text(code, "utf-8")
    assert NEOVIM is not None
    done = subprocess.run(
        [NEOVIM, "--headless", "--clean", "-c", f"luafile {script}"],
        capture_output=True,
        check=False,
        text=True,
        timeout=3 * PATIENCE,
        stdin=subprocess.DEVNULL,
    )
    shown = dict(json.loads(line) for line in done.stdout.splitlines() if line.startswith("["))
    assert "waited in vain" not in shown, (shown, done.stderr)
    countries = lines.index("countries: [Ukraine, Ukrane]")
    assert shown["faults"][0][:2] == [countries + 1, "unknown-country"], done.stderr
    assert "UA (Ukraine)" in shown["faults"][0][2]
    assert shown["completed"]
    assert "War" in shown["hover"]
    assert shown["fixed"][countries] == "countries: [UA, Ukrane]"
