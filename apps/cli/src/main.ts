import { Command, CommanderError } from 'commander';
import { findCheckout, versionOf } from './cli.config.js';
import { CliError, sentenceOf } from './cli.errors.js';
import { commandContext } from './command-context.js';
import { registerCommands } from './commands/register-commands.js';
import { EXIT, EXIT_HELP, type ExitCode } from './exit-codes.js';
import { readEnvironment } from './read-environment.js';
import { interruptSignal } from './terminal/interrupt.js';

const say = (line: string) => void process.stderr.write(`${line}\n`);

async function run(): Promise<ExitCode> {
  const environment = readEnvironment();
  const signal = interruptSignal(environment, say);
  const program = new Command('lorekeep')
    .description('Secure enterprise knowledge assistant')
    .version(versionOf(findCheckout()), '--version', 'the version of this checkout')
    .exitOverride()
    .showHelpAfterError('(--help shows how)')
    .addHelpText('afterAll', EXIT_HELP);
  let code: ExitCode = EXIT.OK;
  try {
    const context = commandContext(environment, signal);
    await registerCommands(program, context, process.argv[2], (exit) => (code = exit));
    await program.parseAsync(process.argv);
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.OK : EXIT.USAGE;
    if (signal.aborted) return EXIT.INTERRUPTED;
    say(sentenceOf(error));
    return error instanceof CliError ? error.exitCode : EXIT.FAILED;
  }
}

// A reader that has seen enough (head, less) is no error.
process.stdout.on('error', () => process.exit(EXIT.OK));
process.exitCode = await run();
// Connections that are kept alive for a next request must not hold up the end of the command.
setTimeout(() => process.exit(), 500).unref();
