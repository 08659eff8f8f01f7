import { SCANNER_FOLDS } from '@lorekeep/contracts';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.js';
import type { FirewallOptions } from '../eval/evaluate-firewall.js';
import type { RetrievalOptions } from '../eval/evaluate-retrieval.js';
import type { ScanOptions } from '../eval/read-scan-options.js';
import type { ExitCode } from '../exit-codes.js';

export function registerEval(
  program: Command,
  context: CommandContext,
  exit: (code: ExitCode) => void,
): void {
  const evaluate = program.command('eval').description('measure the product on data of your own');
  evaluate
    .command('retrieval')
    .description(
      'index a corpus in a scratch organisation, search it for every query and write a TREC run to stdout; the organisation is removed afterwards',
    )
    .requiredOption('--corpus <file>', 'JSON lines {id, title, text}; one passage each, however long')
    .requiredOption('--queries <file>', 'JSON lines {id, text}')
    .option('--k <number>', 'results per query, 1 to 1000', '100')
    .option('--qrels <file>', 'lines `query document gain`; says nDCG@10, MRR@10 and R@100 on stderr')
    .option('--json', 'with --qrels: the figures as one JSON object on stdout in place of the run')
    .action(async (options: RetrievalOptions) => {
      const { evaluateRetrieval } = await import('../eval/evaluate-retrieval.js');
      exit(await evaluateRetrieval(context, options));
    });
  evaluate
    .command('scanner')
    .description(
      'scan the texts of JSON lines {id, text} on stdin; writes a line {id, hits: [{start, end, word, category, action}], output, heldMax} for each to stdout, offsets in UTF-16 units; needs no database',
    )
    .option('--words <file>', 'words to look for, one a line, exactly as written')
    .option('--default-tier', 'look for the words that come with the product')
    .option(
      '--folds <names>',
      `what is seen through: none, all, or names with commas between (${SCANNER_FOLDS.join(',')}); default: what a category has by default`,
    )
    .option(
      '--whole-words <on|off>',
      'on: whole words for Latin and other spaced scripts, anywhere for Chinese and the like; off: anywhere',
      'on',
    )
    .option('--chunks <seed>', 'read the texts in random pieces of 1 to 6 units; nothing else changes')
    .option('--detectors <on|off>', 'look for personal data and secrets too', 'off')
    .action(async (options: ScanOptions) => {
      const { evaluateScanner } = await import('../eval/evaluate-scanner.js');
      exit(await evaluateScanner(context, options));
    });
  evaluate
    .command('firewall')
    .description(
      'inspect the texts of JSON lines {id, text, role: "user" or "document"} on stdin; writes a line {id, action, score, categories, rules, micros} for each to stdout: allow, flag, redact or refuse for a question, allow, flag or quarantine for a document; needs no database',
    )
    .option('--preset <name>', 'balanced or strict', 'balanced')
    .action(async (options: FirewallOptions) => {
      const { evaluateFirewall } = await import('../eval/evaluate-firewall.js');
      exit(await evaluateFirewall(context, options));
    });
}
