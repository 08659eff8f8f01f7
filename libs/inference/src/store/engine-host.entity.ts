import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** An engine host that registered itself. Of no tenant; reached by inference_host_say and inference_hosts alone. */
@Entity('inference_engine_host')
@Check('inference_engine_host_address_check', `length(address) <= 300`)
export class EngineHostEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'inference_engine_host_pkey' })
  address!: string;

  /** By the host's clock, milliseconds since 1970. */
  @Column('bigint', { name: 'said_at' })
  saidAt!: string;

  @Column('timestamptz', { name: 'seen_at', default: () => 'clock_timestamp()' })
  seenAt!: Date;

  @Column('boolean')
  leaving!: boolean;
}
