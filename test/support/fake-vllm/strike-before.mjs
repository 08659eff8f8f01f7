import { ENGINE_DEAD, NO_VOCABULARY, errorBody, tooLong, validationError } from './shapes.mjs';

/** Faults that strike before an answer begins. True when the request has been dealt with. */
export async function strikeBefore(state, fault, body, response) {
  switch (fault.kind) {
    case 'refuse':
      await state.refuse(fault.forMs);
      return true;
    case 'reset-before':
      response.socket.resetAndDestroy();
      return true;
    case 'hang-headers':
      await new Promise((resolve) => response.on('close', resolve));
      return true;
    case 'busy':
      sendJson(
        response,
        503,
        errorBody(503, 'The server is busy, please try again later.', 'ServiceUnavailableError'),
      );
      return true;
    case 'too-long':
      sendJson(response, 400, tooLong(state.options.maxModelLen, 0, state.options.maxModelLen + 1));
      return true;
    case 'validation':
      sendJson(response, 400, validationError('messages', 'Input should be a valid string', body));
      return true;
    case 'unauthorized':
      sendJson(response, 401, { error: 'Unauthorized' });
      return true;
    case 'no-vocabulary':
      sendJson(response, 500, NO_VOCABULARY);
      return true;
    case 'dead':
    case 'server-error':
      sendJson(response, 500, ENGINE_DEAD);
      return true;
    case 'garbage-body':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>upstream proxy</html>');
      return true;
    default:
      return false;
  }
}

export function sendJson(response, status, body, headers = {}) {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    server: 'uvicorn',
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}
