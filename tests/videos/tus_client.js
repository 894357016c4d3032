/* The real tus-js-client on Node: sends one file and says what happened.
   usage: node tus_client.js '{"file": …, "endpoint": …, "headers": …, "metadata": …, "chunk": …}' */
const fs = require("fs");
const tus = require("tus-js-client");

const told = JSON.parse(process.argv[2]);
let retries = 0;
const upload = new tus.Upload(fs.createReadStream(told.file), {
  endpoint: told.endpoint,
  uploadSize: fs.statSync(told.file).size,
  chunkSize: told.chunk,
  headers: told.headers,
  metadata: told.metadata,
  retryDelays: Array(200).fill(250),
  onShouldRetry: () => { retries += 1; return true; },
  onError: (error) => { console.error(String(error)); process.exit(1); },
  onSuccess: () => { console.log(JSON.stringify({ url: upload.url, retries: retries })); }
});
upload.start();
