// SPDX-License-Identifier: MIT
//
// webhook.mjs LIBRARIES DIR: a webhook receiver written with other people's libraries:
// standardwebhooks verifies the signature, cloudevents reads and validates the
// event.  DIR/old.key and DIR/new.key are the keys that it knows, DIR/port gets
// the port, DIR/verdicts.jsonl a line for each message:
//   {id, old, new, forged, event, problems}
// old and new: does this key verify it; forged: does a body changed by one byte.
// LIBRARIES is the folder with package.json and node_modules.  Run by webhook.sh.
import { createRequire } from "node:module";
import { createServer } from "node:http";
import { appendFileSync, readFileSync, renameSync, writeFileSync } from "node:fs";

const [libraries, dir] = process.argv.slice(2);
const require = createRequire(libraries + "/package.json");
const { Webhook } = require("standardwebhooks");
const { HTTP } = require("cloudevents");
const keys = Object.fromEntries(["old", "new"].map((name) => [name, readFileSync(`${dir}/${name}.key`, "utf8").trim()]));

function verifies(key, body, headers) {
	try {
		new Webhook(key).verify(body, headers);
		return true;
	} catch (error) {
		return error.message;
	}
}

function readEvent(body, headers) {
	const problems = [];
	let event = null;
	try {
		event = HTTP.toEvent({ headers, body });
		if (!event.validate()) problems.push("validate() is false");
		if (event.id !== headers["webhook-id"]) problems.push("id is not webhook-id");
	} catch (error) {
		problems.push(error.message + " " + JSON.stringify(error.errors ?? ""));
	}
	return { event, problems };
}

const server = createServer((request, response) => {
	const pieces = [];
	request.on("data", (piece) => pieces.push(piece));
	request.on("end", () => {
		const body = Buffer.concat(pieces).toString("utf8");
		const { event, problems } = readEvent(body, request.headers);
		appendFileSync(`${dir}/verdicts.jsonl`, JSON.stringify({
			id: request.headers["webhook-id"],
			type: request.headers["content-type"],
			old: verifies(keys.old, body, request.headers),
			new: verifies(keys.new, body, request.headers),
			forged: verifies(keys.new, body.replace("release", "relaase"), request.headers),
			event, problems,
		}) + "\n");
		response.end();
	});
});
server.listen(0, "127.0.0.1", () => {
	writeFileSync(`${dir}/port.new`, `${server.address().port}\n`);
	renameSync(`${dir}/port.new`, `${dir}/port`);
});
