export const CollectionsPage = () => null;
