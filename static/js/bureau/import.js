// When the job that checks or imports the list has ended, show what came of it.
(function () {
  document.body.addEventListener("job-finished", function () { window.location.reload(); });
})();
