// Runs before the first paint, from a file because the Content-Security-Policy allows no inline script.
(function () {
  try {
    var chosen = localStorage.getItem('lorekeep.theme');
    if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
  } catch {
    // Storage is blocked: the system's theme it is.
  }
})();
