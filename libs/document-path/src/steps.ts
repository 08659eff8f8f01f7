/** The path of one document, in order; a spec compares this list with the folders beside it. */
export const DOCUMENT_PATH = ['1-accept', '2-parse', '3-screen', '4-chunk', '5-index', '6-audit'] as const;
