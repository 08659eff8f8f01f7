import { sendForm, type Sending } from '../kit/send-form.js';

/** Sends one file as the only field of a form. */
export function sendFile<T>(address: string, file: File, onProgress?: (share: number) => void): Sending<T> {
  const form = new FormData();
  form.append('file', file, file.name);
  return sendForm(address, form, onProgress);
}
