import helmet from '@fastify/helmet';
import Fastify, { type FastifyInstance } from 'fastify';

/** Of each answer, whatever says so; the others are helmet's. */
const OF_THE_ANSWER: ReadonlySet<string> = new Set(['content-length', 'content-type', 'connection', 'date']);

/**
 * The headers that helmet sets. It makes them anew for every request, which costs more than the router; here it is
 * asked once, and what it says is set on every answer.
 */
export async function setSecurityHeaders(fastify: FastifyInstance): Promise<void> {
  const asked = Fastify();
  await asked.register(helmet, SECURITY_HEADERS);
  asked.get('/', (_, reply) => reply.send(''));
  const { headers } = await asked.inject('/');
  await asked.close();
  const helmets = Object.entries(headers).filter(([name]) => !OF_THE_ANSWER.has(name));
  // What is one person's must not be kept for the next at the same screen or proxy; files of the page say otherwise.
  const said = { ...Object.fromEntries(helmets), 'cache-control': 'no-store' };
  fastify.addHook('onRequest', (_, reply, done) => {
    void reply.headers(said);
    done();
  });
}

const SECURITY_HEADERS = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
  frameguard: { action: 'deny' },
  referrerPolicy: { policy: 'no-referrer' },
  // Only TLS in front can promise this; it is set there.
  strictTransportSecurity: false,
  crossOriginEmbedderPolicy: false,
} as const;
