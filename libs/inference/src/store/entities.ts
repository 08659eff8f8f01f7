import { EngineHostEntity } from './engine-host.entity.js';
import { GatewayHeartbeatEntity } from './gateway-heartbeat.entity.js';

export const entities = [EngineHostEntity, GatewayHeartbeatEntity];
