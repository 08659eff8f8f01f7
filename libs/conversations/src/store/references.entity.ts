import { Entity, PrimaryGeneratedColumn } from 'typeorm';

/** Tables of another domain that rows here point to: known by id only, and not ours to change. */
@Entity({ name: 'tenant', synchronize: false })
export class ConversationTenantReference {
  @PrimaryGeneratedColumn('uuid')
  id!: string;
}

@Entity({ name: 'app_user', synchronize: false })
export class ConversationUserReference {
  @PrimaryGeneratedColumn('uuid')
  id!: string;
}
