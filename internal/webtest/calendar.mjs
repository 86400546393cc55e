// node calendar.mjs FILE
// Reads a calendar as ical.js does and prints its events as JSON.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(process.argv[2], "utf8")));
const events = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    allDay: event.startDate.isDate && event.endDate.isDate,
    day: event.startDate.toString(),
    days: event.duration.toSeconds() / 86400,
    summary: event.summary,
    description: event.description,
    alarms: component.getAllSubcomponents("valarm").map((alarm) => alarm.getFirstPropertyValue("trigger").toString()),
  };
});
process.stdout.write(JSON.stringify(events));
