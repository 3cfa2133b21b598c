# 常用命令。每条命令都自行准备 .venv，第一次会下载依赖。
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501
# 有图形界面时自动打开浏览器。
HEADLESS := $(if $(DISPLAY)$(WAYLAND_DISPLAY)$(filter Darwin,$(shell uname -s)),false,true)
SERVE = $(BIN)/python -m streamlit run app.py --server.port $(PORT) --server.headless $(HEADLESS)
PORT_FREE = @$(BIN)/python -c "import socket; s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(('127.0.0.1', $(PORT)))" 2>/dev/null || { echo "端口 $(PORT) 已被占用：请关闭占用它的程序，或换一个端口，例如 make $@ PORT=8600"; exit 1; }
.DEFAULT_GOAL := help
.PHONY: help setup run serve test test-hours soak matrix lint format lock bench-print bench-judge load screenshots clean

help: ## 列出各条命令
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

$(VENV)/.run: requirements.txt
	@test -n "$(PYTHON)" || { echo "未找到 Python 3.11 或更高版本：请先安装（Debian：apt-get install python3 python3-venv）"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "无法建立 .venv：请安装 venv 模块（Debian：apt-get install python3-venv）"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

setup: $(VENV)/.run ## 准备环境（.venv），之后可用 .venv/bin/python -m …
	@echo "环境已就绪：$(BIN)/python"

run: $(VENV)/.run ## 安装并打开演示（http://127.0.0.1:8501，可用 PORT= 更换端口；演示账号见登录页）
	$(PORT_FREE)
	@echo "正在启动……"
	@DEMO=1 DATA_DIR=$${DATA_DIR:-var/demo} $(SERVE)

serve: $(VENV)/.run ## 正式运行：没有演示账号，须先用 python -m storage user add 建立管理员
	$(PORT_FREE)
	@DEMO=0 $(SERVE)

test: $(VENV)/.dev ## 安装并运行全部测试，浏览器测试和其他测试同时运行，都运行完，任一不通过即失败（缺工具时跳过并提示，CI=true 时则失败）
	@$(BIN)/python tests/e2e/chromium.py --install || true
	@$(BIN)/python -m tests.both

test-hours: $(VENV)/.dev ## 把取决于当天日期的测试放到七个时刻各运行一遍（跨日前后、2月29日、12月31日）
	$(BIN)/python -m tests.hours

soak: $(VENV)/.dev ## 断电、反复、逐页走遍的长测试；结果写成 docs/soak.md
	$(BIN)/python -m tests.soak

matrix: $(VENV)/.dev ## 每张表单、每种离开方式、每种按法都走一遍，写一半的字都要在；结果写成 docs/matrix.md
	$(BIN)/python -m tests.matrix

lint: $(VENV)/.dev ## 检查代码风格、类型与规则文件
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m indicators check

format: $(VENV)/.dev ## 统一代码格式
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

COMPILE = $(BIN)/pip-compile -q --no-emit-index-url --no-emit-find-links --strip-extras
lock: export CUSTOM_COMPILE_COMMAND = make lock
lock: $(VENV)/.run ## 依 *.in 重新锁定依赖版本
	$(BIN)/python -m pip install --quiet pip-tools
	$(COMPILE) -o requirements.txt requirements.in
	$(COMPILE) -c requirements.txt -o requirements-postgresql.txt requirements-postgresql.in
	$(COMPILE) -c requirements.txt -c requirements-postgresql.txt -o requirements-dev.txt requirements-dev.in

$(VENV)-bench/.run: requirements.txt benchmarks/requirements.txt $(VENV)/.run
	$(BIN)/python -m venv $(VENV)-bench
	$(VENV)-bench/bin/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@# 对比库要的个别版本较旧：分两步装，只在这个环境里换掉。
	$(VENV)-bench/bin/python -m pip install --quiet --disable-pip-version-check -r benchmarks/requirements.txt
	@touch $@

bench-print: $(VENV)-bench/.run ## 打印速度对比（另装对比库；输出比值）
	$(VENV)-bench/bin/python benchmarks/print.py

bench-judge: $(VENV)-bench/.run ## 判定速度对比（另装对比库；输出比值）
	$(VENV)-bench/bin/python benchmarks/judge.py

load: $(VENV)/.dev ## 一次操作的开销、一个进程容纳多少人（与空页面交替比较；docs/load.md）
	$(BIN)/python benchmarks/load.py --people 50,100,150

screenshots: $(VENV)/.dev ## 重拍 README 中的截图（docs/pictures/，需要 Chromium）
	$(BIN)/python -m tests.screenshots

clean: ## 删除虚拟环境和缓存（不动 var/ 中的数据）
	rm -rf $(VENV) .venv-bench .pytest_cache .hypothesis .ruff_cache .mypy_cache build *.egg-info
