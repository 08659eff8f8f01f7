import { languageHeader, PAGE_HEADER } from './call.js';
import { problemOf, Unreachable } from './problem.js';
import { reportSignedOut } from './session-signal.js';

export interface Sending<T> {
  /** Rejects with ApiProblem, Unreachable, or an AbortError. */
  readonly done: Promise<T>;
  readonly abort: () => void;
}

/** Posts a form; `onProgress` gets the share that has left, 0 to 1. Fetch cannot tell that, hence XMLHttpRequest. */
export function sendForm<T>(
  address: string,
  form: FormData,
  onProgress: (share: number) => void = () => undefined,
): Sending<T> {
  const request = new XMLHttpRequest();
  const done = new Promise<T>((resolve, reject) => {
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    request.onload = () => {
      if (request.status === 401) reportSignedOut();
      if (request.status < 200 || request.status >= 300) {
        reject(problemOf(request.status, request.responseText));
        return;
      }
      try {
        resolve(JSON.parse(request.responseText) as T);
      } catch (error) {
        reject(new Unreachable(error));
      }
    };
    request.onerror = () => reject(new Unreachable());
    request.onabort = () => reject(new DOMException('stopped', 'AbortError'));
  });
  request.open('POST', address);
  for (const [name, value] of Object.entries({ ...PAGE_HEADER, ...languageHeader() }))
    request.setRequestHeader(name, value);
  request.send(form);
  return { done, abort: () => request.abort() };
}
