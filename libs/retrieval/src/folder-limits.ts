/** Folders within folders, and characters of a name. */
export const FOLDER_DEPTH_MAX = 32;
export const FOLDER_NAME_MAX = 255;
/** Of one collection, whoever makes them: what a tree on a page can hold. */
export const FOLDERS_MAX = 10_000;
