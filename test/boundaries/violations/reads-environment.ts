// as libs/inference/src/violation.ts
// rejected by no-restricted-properties
export const wrong = process.env['INFERENCE_URL'];
