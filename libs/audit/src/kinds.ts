/** The two records of a question; all other kinds belong to those who append them. */
export const QUESTION_OPENED = 'question.opened';
export const QUESTION_CLOSED = 'question.closed';
