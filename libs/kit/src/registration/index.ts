export {
  CLOCKS_APART_MS,
  isSafeAddress,
  isSameProof,
  proveGateway,
  proveHost,
  type Registration,
} from './prove-registration.js';
