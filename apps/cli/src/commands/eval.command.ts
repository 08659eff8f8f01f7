import type { Command } from 'commander';
import type { CommandContext } from '../command-context.js';
import { evaluateRetrieval, type RetrievalOptions } from '../eval/evaluate-retrieval.js';
import type { ExitCode } from '../exit-codes.js';

export function registerEval(
  program: Command,
  context: CommandContext,
  exit: (code: ExitCode) => void,
): void {
  program
    .command('eval')
    .description('measure the product on data of your own')
    .command('retrieval')
    .description(
      'index a corpus in a scratch organisation, search it for every query and write a TREC run to stdout; the organisation is removed afterwards',
    )
    .requiredOption('--corpus <file>', 'JSON lines {id, title, text}; one passage each, however long')
    .requiredOption('--queries <file>', 'JSON lines {id, text}')
    .option('--k <number>', 'results per query, 1 to 1000', '100')
    .option('--qrels <file>', 'lines `query document gain`; says nDCG@10, MRR@10 and R@100 on stderr')
    .option('--json', 'with --qrels: the figures as one JSON object on stdout in place of the run')
    .action(async (options: RetrievalOptions) => exit(await evaluateRetrieval(context, options)));
}
