import { loadCatalogue, type DescribedModel } from '@lorekeep/engine';
import { CliError } from '../cli.errors.js';
import { EXIT } from '../exit-codes.js';

/** `--model a,b` is `--model a b`. */
export function idsOf(given: readonly string[] | undefined): string[] | undefined {
  return given
    ?.flatMap((each) => each.split(','))
    .map((id) => id.trim())
    .filter((id) => id !== '');
}

/** The described model of this id. Throws when the catalogue lacks it, and says what it has. */
export async function findModel(id: string, catalogueFile: string): Promise<DescribedModel> {
  const catalogue = await loadCatalogue(catalogueFile);
  const model = catalogue.find((entry) => entry.id === id);
  if (model) return model;
  const known = catalogue.map((entry) => entry.id).join(', ');
  throw new CliError(
    `There is no model ${JSON.stringify(id)} in the catalogue; it has ${known}. A JSON file named by ENGINE_CATALOGUE adds others.`,
    EXIT.USAGE,
  );
}
