import type { ModelSettings } from '../read-settings.js';
import { EndpointEmbedder } from './embed-by-endpoint.js';
import { FolderEmbedder } from './embed-by-folder.js';
import type { Embedder } from './embedder.js';

export const openModel = (settings: ModelSettings): Embedder =>
  settings.folder === '' ? new EndpointEmbedder(settings) : new FolderEmbedder(settings);
