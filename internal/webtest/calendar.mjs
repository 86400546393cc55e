// node calendar.mjs FILE
// Reads a calendar as ical.js does and prints its events as JSON; fails where node-ical
// reads other events, days, texts or alarms.
import { deepStrictEqual } from "node:assert";
import { readFileSync } from "node:fs";
import ICAL from "ical.js";
import ical from "node-ical";

const text = readFileSync(process.argv[2], "utf8");

const events = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent").map((component) => {
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

// A date of node-ical is midnight where it runs.
const day = (date) => [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
const others = Object.values(ical.sync.parseICS(text)).filter((one) => one.type === "VEVENT").map((one) => ({
  uid: one.uid,
  allDay: one.datetype === "date",
  day: day(one.start),
  days: Math.round((one.end - one.start) / 86400000),
  summary: one.summary,
  description: one.description,
  alarms: one.alarms.map((alarm) => alarm.trigger),
}));
deepStrictEqual(others, events);

process.stdout.write(JSON.stringify(events));
