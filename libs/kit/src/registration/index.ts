export {
  CLOCKS_APART_MS,
  isSameProof,
  proveGateway,
  proveHost,
  type Registration,
} from './prove-registration.js';
