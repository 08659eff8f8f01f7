import type { Command } from 'commander';
import type { BenchOptions } from '../benchmark/bench-options.js';
import type { CommandContext } from '../command-context.js';
import type { ExitCode } from '../exit-codes.js';

export function registerBench(
  program: Command,
  context: CommandContext,
  exit: (code: ExitCode) => void,
): void {
  const bench = program
    .command('bench')
    .description(
      'measures model servers directly and through Lorekeep, in turns, by the definitions of `vllm bench serve`: time to the first token (TTFT), time per token after it (TPOT), gaps between chunks (ITL), time to the last token (E2EL), throughput and goodput, and what Lorekeep adds; Ctrl-C ends it with what was measured until then',
    )
    .option('--direct <url...>', 'a model server, without /v1; URL=label names it')
    .option('--through <url...>', 'a Lorekeep gateway, without /v1; URL=label names it')
    .option(
      '--key <key>',
      'API key of the gateway; better --key-env, which other users of the machine cannot see',
    )
    .option('--key-env <name>', 'environment variable that holds the API key of the gateway')
    .option('--direct-key-env <name>', 'environment variable that holds the key of the model servers')
    .option(
      '--model <id...>',
      'models to measure, one after the other; default: all that the addresses offer and that answer questions',
    );
  addLoad(bench);
  addOutcome(bench);
  bench.action(async (options: BenchOptions) => {
    const { runBench } = await import('../benchmark/run-bench.js');
    exit(await runBench(context, options));
  });
}

/** What is asked, how often and how much at once. */
function addLoad(bench: Command): void {
  bench
    .option(
      '--rate <rps>',
      'requests a second, arriving as a Poisson process; inf = as concurrency lets',
      'inf',
    )
    .option('--concurrency <list>', 'at most so many at once, each a level of its own; default 1,4,16,64')
    .option(
      '--requests <number>',
      'per address and level, at least as many as at once; default: 5 for each at once, at least 20',
    )
    .option('--rounds <number>', 'turns that the requests are shared out over', '2')
    .option(
      '--input-tokens <number>',
      'length of the prompts, by the server’s own tokenizer where it has one',
      '512',
    )
    .option('--output-tokens <number>', 'length of the answers', '256')
    .option(
      '--warmup <number>',
      'requests before each level that are not counted; default: as many as at once',
    )
    .option('--temperature <number>', 'of the sampling', '1')
    .option('--timeout <seconds>', 'longest answer', '300');
}

/** What is made of it. */
function addOutcome(bench: Command): void {
  bench
    .option(
      '--goodput <goals>',
      'counts requests that meet all of these goals in milliseconds, e.g. ttft:500,tpot:50',
    )
    .option('--seed <number>', 'the same seed gives the same prompts and arrivals', '0')
    .option('--endpoint <name>', 'chat or completions, of model servers; a gateway is asked by chat', 'chat')
    .option('--documents <how>', 'none or auto: whether the gateway searches its documents', 'none')
    .option('--metrics <url>', 'metrics of the engine; default: /metrics of the model server')
    .option(
      '--sweep',
      'looks for the highest concurrency at which 95 % of the requests meet --goodput (default ttft:2000,tpot:50) and none fails',
    )
    .option('--sweep-max <number>', 'where it ends; default 256')
    .option(
      '--sweep-tokens <in,out>',
      'length of its prompts and answers, whatever those of the levels; default 512,256',
    )
    .option(
      '--tasks',
      'asks tasks of code, mathematics and writing and checks the answers by stated rules; code is run apart, without rights',
    )
    .option('--html <file>', 'a report with plots, one file')
    .option('--json <file>', 'everything, as JSON');
}
