import { GatewayHeartbeatEntity } from './gateway-heartbeat.entity.js';

export const entities = [GatewayHeartbeatEntity];
