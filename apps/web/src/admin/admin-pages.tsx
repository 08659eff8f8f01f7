const N = () => null;
export {
  N as AdminFrame,
  N as AdminHome,
  N as OverviewPage,
  N as UsersPage,
  N as GroupsPage,
  N as QuotasPage,
  N as WordsPage,
  N as RulesPage,
  N as SettingsPage,
};
