/** Why a detector is asked; bits. */
export const EMAIL = 1;
export const NUMBER = 2;
export const TOKEN = 4;
export const ADDRESS = 8;
export const IBAN = 16;
export const ASSIGNED = 32;
export const CREDENTIAL = 64;
export const PASSPORT = 128;
export const CONNECTION = 256;
export const PHONE = 512;
export const PRIVATE_KEY = 1024;
export const PASSPHRASE = 2048;
export const EVERY_REASON = 4095;
