PY := .venv/bin/python
.PHONY: install test demo
install: .venv/installed
