import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

const KEY = 'inference_heartbeat_pkey';

/** What one gateway has on one engine. Of no tenant; reached by the function inference_beat alone. */
@Entity('inference_heartbeat')
@Check('inference_heartbeat_engine_check', `length(engine) <= 400`)
@Check('inference_heartbeat_counts_check', `running >= 0 and waiting >= 0`)
export class GatewayHeartbeatEntity {
  @PrimaryColumn('uuid', { name: 'gateway_id', primaryKeyConstraintName: KEY })
  gatewayId!: string;

  /** Address of the model server, without credentials. */
  @PrimaryColumn('text', { primaryKeyConstraintName: KEY })
  engine!: string;

  @Column('integer')
  running!: number;

  @Column('integer')
  waiting!: number;

  @Column('timestamptz', { name: 'beat_at', default: () => 'clock_timestamp()' })
  beatAt!: Date;
}
