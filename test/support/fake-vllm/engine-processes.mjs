/**
 * Engine core and workers as processes, so that they can be killed and stopped for real. A token needs all of them:
 * each `step` asks every process and waits for every answer.
 */
import { fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { line } from './start-log.mjs';

const WORKER = fileURLToPath(new URL('./engine-worker.mjs', import.meta.url));
/** Recorded: from a worker's death to /health 503, and from there to the end of the server. */
const WORKER_SILENCE_MS = 9_000;
const AFTER_SILENCE_MS = 250;
/** Recorded: from the core's death to the end of the server; the error reaches streams within 50 ms. */
const CORE_END_MS = 4_300;

export class EngineProcesses {
  dead = false;
  #number = 0;
  #open = new Map();
  #processes;
  #ending = null;
  #scale;
  #stopping = false;

  constructor(workers, deathScale) {
    this.#scale = deathScale;
    const titles = [
      'VLLM::EngineCore',
      ...Array.from({ length: workers }, (_, at) => `VLLM::Worker_TP${at}`),
    ];
    this.#processes = titles.map((title, at) => this.#fork(title, at === 0));
  }

  /** Resolves 'ok' when every process has answered, 'dead' when the engine died; never while one is stopped. */
  step() {
    if (this.dead) return Promise.resolve('dead');
    this.#number += 1;
    const number = this.#number;
    return new Promise((resolve) => {
      this.#open.set(number, { left: this.#processes.length, resolve });
      for (const process_ of this.#processes)
        if (process_.connected) process_.send({ number }, () => undefined);
    });
  }

  onEnd(ending) {
    this.#ending = ending;
  }

  /** OOM or another fatal error of the core, said as vLLM says it. */
  async fail(message) {
    line('Worker_TP0', 'ERROR', 'multiproc_executor.py:880', 'WorkerProc hit an exception.');
    line('Worker_TP0', 'ERROR', 'multiproc_executor.py:880', message);
    await this.#die(CORE_END_MS / 4);
  }

  stop() {
    this.#stopping = true;
    for (const process_ of this.#processes) process_.kill('SIGKILL');
  }

  #fork(title, isCore) {
    const process_ = fork(WORKER, [title], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    process_.on('message', ({ number }) => this.#answered(number));
    process_.on('error', () => undefined);
    process_.on('exit', () => void (isCore ? this.#coreDied() : this.#workerDied()));
    return process_;
  }

  #answered(number) {
    const step = this.#open.get(number);
    if (!step || --step.left > 0) return;
    this.#open.delete(number);
    step.resolve('ok');
  }

  async #workerDied() {
    if (this.#stopping || this.dead) return;
    line(
      'EngineCore',
      'ERROR',
      'multiproc_executor.py:284',
      'Worker proc VllmWorker-1 died unexpectedly (exit code: None), shutting down executor.',
    );
    await sleep(WORKER_SILENCE_MS * this.#scale);
    await this.#die(AFTER_SILENCE_MS);
  }

  async #coreDied() {
    if (this.#stopping || this.dead) return;
    line(
      'APIServer',
      'WARNING',
      'core_client.py:702',
      '[shutdown] MPClient: engine core exited unexpectedly; starting cleanup',
    );
    await this.#die(CORE_END_MS);
  }

  async #die(endMs) {
    if (this.dead) return;
    this.dead = true;
    line('EngineCore', 'ERROR', 'core.py:1332', 'EngineCore encountered a fatal error.');
    for (const { resolve } of this.#open.values()) resolve('dead');
    this.#open.clear();
    await sleep(endMs * this.#scale);
    await this.#ending?.();
  }
}
