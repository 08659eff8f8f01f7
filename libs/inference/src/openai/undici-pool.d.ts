// The pool by itself: undici's index loads some 60 modules that it does without (3 MB).
declare module 'undici/lib/dispatcher/pool.js' {
  import { Pool } from 'undici';
  export default Pool;
}
