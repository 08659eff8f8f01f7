import { loadCatalogue, type DescribedModel } from '@lorekeep/engine';
import { CliError } from '../cli.errors.js';

/** The described models of these ids. Throws when the catalogue lacks one, and says what it has. */
export async function findModels(ids: readonly string[], catalogueFile: string): Promise<DescribedModel[]> {
  const catalogue = await loadCatalogue(catalogueFile);
  return ids.map((id) => {
    const model = catalogue.find((entry) => entry.id === id);
    if (model) return model;
    const known = catalogue.map((entry) => entry.id).join(', ');
    throw new CliError(
      `There is no model ${JSON.stringify(id)} in the catalogue; it has ${known}. A JSON file named by ENGINE_CATALOGUE adds others.`,
    );
  });
}
