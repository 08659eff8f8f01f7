import { RequestError } from '@lorekeep/kit/errors';
import { DETECTOR_CATEGORIES } from './category-defaults.js';

/** `personal-data` and `secret`: what stands before the first dot of a detector's category. */
const FAMILIES = new Set<string | undefined>(DETECTOR_CATEGORIES.map(({ name }) => name.split('.', 1)[0]));

/**
 * Whether a category is the detectors' own. Their policy always says what happens, so that a word or a list there would
 * lose its own action, and with a detector that is off would never be found.
 */
export function isDetectorCategory(category: string): boolean {
  return FAMILIES.has(category.split('.', 1)[0]);
}

/** What is said of a new word or list in such a category: 422, with the field that names it. */
export function detectorCategoryRefused(category: string, paths: readonly string[]): RequestError {
  const message = `The category ${category} belongs to the detectors of personal data and secrets: choose another one for words and lists.`;
  const details = paths.map((path) => ({ path, message }));
  return new RequestError(422, 'SCANNER_CATEGORY_OF_DETECTORS', message, details);
}
