import { Navigate } from '@tanstack/react-router';
import { useMay } from '../app/person.js';
import { Missing } from '../app/route-states.js';
import { ADMIN_SECTIONS } from './sections.js';

export function AdminHome() {
  const may = useMay();
  const first = ADMIN_SECTIONS.find((section) => may(section.permission));
  return first ? <Navigate to={first.to} replace /> : <Missing />;
}
