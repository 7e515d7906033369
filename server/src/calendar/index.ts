export { type CalendarBook, calendarBook, type HolidayNotice } from './book.sql.ts'
export { calendarRoutes } from './calendar.routes.ts'
export {
  type Calendar,
  type CalendarDay,
  compileCalendar,
  countWorkdays,
  type DayKind,
  isWorkday,
  type Layer,
  namedDays,
  nationalLayer,
  type OfficeHours,
} from './calendar.ts'
export {
  type Deadline,
  dueOf,
  type ExplainedDay,
  explain,
  type Limit,
  lightOf,
  officeTime,
  remaining,
  type Stop,
  unionWorkingDays,
  workingDaysBefore,
  workingDaysBetween,
  workingMinutesBetween,
  yellowAt,
} from './deadline.ts'
export { type WorkdayLine, workdayLine } from './workday.ts'
