import { PAGE_HEADER } from '../kit/call.js';
import { problemOf, Unreachable } from '../kit/problem.js';

/** Sends one file as the only field of a form. Throws ApiProblem or Unreachable. */
export async function sendFile<T>(address: string, file: File): Promise<T> {
  const body = new FormData();
  body.append('file', file, file.name);
  let response: Response;
  try {
    response = await fetch(address, {
      method: 'POST',
      body,
      headers: PAGE_HEADER,
      credentials: 'same-origin',
    });
  } catch (error) {
    throw new Unreachable(error);
  }
  if (!response.ok) throw problemOf(response.status, await response.text().catch(() => ''));
  return (await response.json()) as T;
}
