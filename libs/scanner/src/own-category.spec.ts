import { describe, expect, it } from '@jest/globals';
import { DETECTOR_CATEGORIES } from './category-defaults.js';
import { detectorCategoryRefused, isDetectorCategory } from './own-category.js';

describe('categories of the detectors', () => {
  it('are all that a detector has, and what may be one', () => {
    for (const { name } of DETECTOR_CATEGORIES) expect(isDetectorCategory(name)).toBe(true);
    for (const name of ['personal-data', 'personal-data.shoe-size', 'secret', 'secret.recipe'])
      expect(isDetectorCategory(name)).toBe(true);
    for (const name of ['general', 'secrets', 'secret-projects', 'profanity', 'my.personal-data'])
      expect(isDetectorCategory(name)).toBe(false);
  });

  it('are refused with the field and a sentence that names the category', () => {
    expect(detectorCategoryRefused('secret.key', ['category'])).toMatchObject({
      status: 422,
      code: 'SCANNER_CATEGORY_OF_DETECTORS',
      message: expect.stringContaining('secret.key'),
      details: [{ path: 'category', message: expect.stringContaining('secret.key') }],
    });
  });
});
