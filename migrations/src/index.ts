import type { MigrationInterface } from 'typeorm';
import { Foundation20261121000000 } from './20261121000000-foundation.js';
import { QuotaFunctions20261121010000 } from './20261121010000-quota-functions.js';
import { AuditFunctions20261121020000 } from './20261121020000-audit-functions.js';
import { Retrieval20261121030000 } from './20261121030000-retrieval.js';
import { SearchIndex20261121040000 } from './20261121040000-search-index.js';
import { KeptAnswers20261121050000 } from './20261121050000-kept-answers.js';
import { Vectors20261121060000 } from './20261121060000-vectors.js';
import { Sources20261121070000 } from './20261121070000-sources.js';
import { KeptRemarks20261121080000 } from './20261121080000-kept-remarks.js';
import { Scanner20261121090000 } from './20261121090000-scanner.js';
import { Firewall20261121100000 } from './20261121100000-firewall.js';
import { CaseGroups20261121110000 } from './20261121110000-case-groups.js';
import { Inference20261121120000 } from './20261121120000-inference.js';
import { KeptMarks20261121130000 } from './20261121130000-kept-marks.js';
import { EngineHosts20261121140000 } from './20261121140000-engine-hosts.js';
import { ChosenLanguage20261122000000 } from './20261122000000-chosen-language.js';
import { ReleasedDocuments20261122010000 } from './20261122010000-released-documents.js';
import { ClockSteps20261122030000 } from './20261122030000-clock-steps.js';
import { DocumentAlarms20261122040000 } from './20261122040000-document-alarms.js';
import { QuotaTogether20261122050000 } from './20261122050000-quota-together.js';

/** Every migration, oldest first. A new one is appended; a released one is never edited. */
export const migrations: (new () => MigrationInterface)[] = [
  Foundation20261121000000,
  QuotaFunctions20261121010000,
  AuditFunctions20261121020000,
  Retrieval20261121030000,
  SearchIndex20261121040000,
  KeptAnswers20261121050000,
  Vectors20261121060000,
  Sources20261121070000,
  KeptRemarks20261121080000,
  Scanner20261121090000,
  Firewall20261121100000,
  CaseGroups20261121110000,
  Inference20261121120000,
  KeptMarks20261121130000,
  EngineHosts20261121140000,
  ChosenLanguage20261122000000,
  ReleasedDocuments20261122010000,
  ClockSteps20261122030000,
  DocumentAlarms20261122040000,
  QuotaTogether20261122050000,
];
