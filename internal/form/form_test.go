package form_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hegui/internal/calendar"
	"hegui/internal/form"
	"hegui/internal/lang"
	"hegui/internal/trial"
)

func none(f func(string) (string, bool)) func(string) string {
	return func(text string) string {
		if right, ok := f(text); ok {
			return right
		}
		return "-"
	}
}

func numberIn(unit lang.Text) func(string) string {
	return none(func(text string) (string, bool) { return form.Number(text, unit) })
}

// What people write has the form it means, and none where it could mean another.
func TestRightForms(t *testing.T) {
	people, tenThousand, percent := lang.Say("人", "persons"), lang.Say("万元", "10k CNY"), lang.Same("%")
	for _, c := range []struct {
		what  string
		right func(string) string
		cases map[string]string
	}{
		{"date", none(form.Date), map[string]string{
			"2026/9/12": "2026-09-12", "2026年9月12日": "2026-09-12", "20260912": "2026-09-12", "2026.9.12": "2026-09-12", "２０２６－０９－１２": "2026-09-12", "2026-09-12": "2026-09-12",
			"2026 年 9 月 12 日": "2026-09-12", "2026—9—12": "2026-09-12", "2026-09-12 10:00:00": "2026-09-12", "2026-09-12T20:00:00Z": "2026-09-13", "2026-09-12T20:00": "2026-09-12", "二〇二六年九月十二日": "2026-09-12", "二零二六年十二月三十一日": "2026-12-31", "2026-9月-12日": "2026-09-12", "2026-09-12。": "2026-09-12", "Sept 12, 2026": "2026-09-12", "12 September 2026": "2026-09-12",
			"25/12/2026": "2026-12-25", "12.25.2026": "2026-12-25", "9/9/2026": "2026-09-09",
			"二〇二六年十三月一日": "-", "09/12/2026": "-", "31/31/2026": "-", "30/02/2026": "-", "26-09-12": "-",
			"2026-02-30": "-", "2026-13-01": "-", "2026-09": "-", "9月12日": "-", "12/9/2026": "-", "2026-09-12（已完成）": "-", "202609123": "-", "": "-", "2026-9-123": "-",
		}},
		{"period", none(form.Period), map[string]string{
			"90天": "P90D", "90 days": "P90D", "3个月": "P3M", "三个月": "P3M", "2小时": "PT2H", "4h": "PT4H", "30min": "PT30M", "1年6个月": "P1Y6M", "p90d": "P90D", "PT30D": "P30D", "P4H": "PT4H",
			"1.5小时": "PT1H30M", "0.5 天": "PT12H", "1.5天": "P1DT12H", "2.25h": "PT2H15M", "03:05:00": "PT3H5M", "1:00:00": "PT1H", "半年": "P6M", "P1Y": "P1Y", "PT4H": "PT4H", "P1DT2H": "P1DT2H", "１周": "P1W", "1 天 2 小时": "P1DT2H", "十二小时": "PT12H", "两周": "P2W", "两年": "P2Y",
			"每天": "P1D", "每日一次": "P1D", "每周": "P1W", "每星期1次": "P1W", "每月": "P1M", "每季度": "P3M", "每半年": "P6M", "每年": "P1Y", "每小时": "PT1H", "每 7 天": "P7D", "每三个月一次": "P3M", "一年一次": "P1Y", "半年一次": "P6M", "每24小时": "PT24H",
			"daily": "P1D", "Weekly": "P1W", "monthly": "P1M", "quarterly": "P3M", "half-yearly": "P6M", "yearly": "P1Y", "annually": "P1Y", "every day": "P1D", "every 3 months": "P3M", "once a year": "P1Y", "hourly": "PT1H",
			"1Y6M": "P1Y6M", "P 1 Y": "P1Y", "1D": "P1D", "6M": "-", "一年半": "P1Y6M", "两年半": "P2Y6M", "180天。": "P180D", "P1Y；": "P1Y",
			"每隔一天": "-", "每月两次": "-", "每周三": "-", "每": "-", "一次": "-", "天": "-", "月": "-", "每每天": "-", "每天每天": "-", "不定期": "-", "twice a year": "-", "biweekly": "-", "every": "-",
			"90": "-", "P90": "-", "90m": "-", "无": "-", "永久": "-", "6个月1年": "-", "3:05": "-", "1.5个月": "-", "1.001小时": "-", "0:00:30": "-", "约90天": "-", "90天以上": "-", "": "-", "P1.5D": "-",
		}},
		{"persons", numberIn(people), map[string]string{
			"320万": "3200000", "320w": "3200000", "320W人": "3200000", "12k": "12000", "320wk": "-", "320m": "-", "3,200,000": "3200000", "3_200_000": "3200000", "3_2": "-", "3，200，000人": "3200000", "３": "3", "3": "3", "1.5亿": "150000000", "二": "2", "十二": "12", "三百二十": "320", "20 persons": "20", "3.2百万": "3200000", "1千万": "10000000", "3200000。": "3200000", "第三": "3", "5.0": "5", "3 200 000": "3200000", "3 20": "-",
			"3天": "-", "300多": "-", "约300": "-", "3,2": "-", "1,00": "-", "二三": "-", "": "-", "人": "-", "--3": "-", "1e5": "-", "312.0000000001": "-",
		}},
		{"ten thousand yuan", numberIn(tenThousand), map[string]string{"860.5": "860.5", "860.5万元": "860.5", "860.5万": "860.5", "8605000元": "860.5", "1.2亿": "12000", "1元": "0.0001", "3人": "-"}},
		{"percent", numberIn(percent), map[string]string{"99.7%": "99.7", "9９.7": "99.7", "99.7 %": "99.7", "99,7": "99.7", "99,95%": "99.95", "99,700": "99700", "9,9,7": "-", "九十": "90", "99.7%%%": "-"}},
		{"share", none(form.Percent), map[string]string{"0.997": "99.7", "0.9": "90", "1": "-", "0": "-", "99": "-", "x": "-", "0.3333333333": "-"}},
		{"yes or no", none(form.Bool), map[string]string{"是": "true", "有": "true", "Yes": "true", "TRUE": "true", "“是”": "true", "否": "false", "没有": "false", "no": "false", "1": "-", "或": "-", "": "-"}},
		{"short name", none(form.Slug), map[string]string{"Identity": "identity", "identity_set": "identity-set", "Identity  Set": "identity-set", "ＤＢ－1": "db-1", "a--b": "a-b", "身份库": "-", "": "-", "a+b": "-", "_": "-"}},
		{"list", func(text string) string { return strings.Join(form.Items(text), "|") }, map[string]string{
			"a, b": "a|b", "a、b": "a|b", "a；b，": "a|b", "-a -b": "a|b", "- a": "a", "-service-db - document-store": "service-db|document-store", "a": "", "": "", ",": "",
		}},
		{"brackets", form.Inside, map[string]string{
			"【a, b】": "a, b", "[a]": "a", "（a、b）": "a、b", "{ a }": "a", "（试行）办法": "（试行）办法", "[a] [b]": "[a] [b]", "[a": "[a", "a": "a", "": "", "【": "【",
		}},
	} {
		for text, want := range c.cases {
			if got := c.right(text); got != want {
				t.Errorf("%s: %q is %q, want %q", c.what, text, got, want)
			}
		}
	}
}

// A value is found before a remark, and after the words that make a bound of it.
func TestValuesAlone(t *testing.T) {
	for text, want := range map[string]string{
		"P1D# 每日": "P1D", "P1D ＃每日": "P1D", "P1D // daily": "P1D", "P1D -- daily": "P1D", "P1D——每日": "P1D", "P1D（每日）": "P1D", "≥180天": "180天", "about 30": "30", "1200余": "1200", "300多": "300",
		"P1D": "-", "# 每日": "-", "a-b": "-", "2026/9/12": "-",
	} {
		if got := none(form.Alone)(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

// A number is found within what people write around it, where it is the only one.
func TestNumbersWithin(t *testing.T) {
	level := lang.Say("级", "level")
	for text, want := range map[string]string{
		"三级等保": "3", "等保三级": "3", "等保2.0三级": "3", "等级保护第3级": "3", "二级和三级": "-", "等保": "-", "级": "-", "": "-", "高级": "-", "十二级": "12",
	} {
		right := none(func(text string) (string, bool) { return form.Within(text, level) })
		if got := right(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

func TestMoments(t *testing.T) {
	for text, want := range map[string]string{
		"2026-02-03 10:00": "2026-02-03T10:00:00+08:00", "2026/2/3 9:05:07": "2026-02-03T09:05:07+08:00", "2026-02-03T10:00Z": "2026-02-03T10:00:00Z",
		"2026年2月3日15时40分": "2026-02-03T15:40:00+08:00", "2026-02-03 下午3:40": "2026-02-03T15:40:00+08:00", "2026-02-03 上午9点": "2026-02-03T09:00:00+08:00", "2026-02-03T10：00：00+08:00": "2026-02-03T10:00:00+08:00", "2026年2月3日晚8点30分15秒": "2026-02-03T20:30:15+08:00", "2026年2月3日下午": "",
		"2026-02-03": "", "2026-02-03 25:00": "", "2016-12-31 23:59:60": "",
	} {
		if got, _, _ := form.Moment(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
	if _, zoned, _ := form.Moment("2026-02-03 10:00"); zoned {
		t.Error("a zone was stated")
	}
}

func TestDateFaults(t *testing.T) {
	for text, want := range map[string]string{
		"2026-02-30": "2026-02 has only 28 days: write a day of the calendar as YYYY-MM-DD", "2026年13月1日": "there is no month 13: write a day of the calendar as YYYY-MM-DD",
		"2026-9": "add the day: write 2026-09-DD, DD being the two digits of the day", "2026-09-12#已完成": `write 2026-09-12 alone; a remark goes behind " # "`,
		"09/12/2026": "which is the month cannot be told: write 2026-12-09 or 2026-09-12", "26-09-12": "write the year in four digits: 2026-09-12, if the year is 2026", "9月12日": "add the year: write YYYY-09-12", "26-13-12": "",
		"yesterday": "", "2026-09-12": "",
	} {
		if remedy := form.DateFault(text); remedy.EN != want {
			t.Errorf("%q: %q, want %q", text, remedy.EN, want)
		}
	}
}

// The right form of a right form is itself, whatever was written.
func TestRightFormsAreTheirOwn(t *testing.T) {
	unit := lang.Say("人", "persons")
	forms := map[string]func(string) (string, bool){
		"date": form.Date, "period": form.Period, "bool": form.Bool, "slug": form.Slug,
		"number": func(text string) (string, bool) { return form.Number(text, unit) },
		"moment": func(text string) (string, bool) { right, _, ok := form.Moment(text); return right, ok },
	}
	pieces := []string{"2026", "9", "12", "-", "/", ".", "年", "月", "日", "天", "个月", "小时", "P", "T", "D", "H", "M", "万", "%", ",", "，", " ", "二", "十", "三百", "是", "no", "Ab", "_", "0", ":", "30", "Z", "+08:00", "人", "\xff", "\u3000", "１"}
	trial.Check(t, 20_000, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 8).Draw(t, "pieces"), "")
		for name, right := range forms {
			once, ok := right(text)
			if !ok {
				continue
			}
			if twice, again := right(once); !again || twice != once {
				t.Fatalf("%s: %q is %q, and that is %q", name, text, once, twice)
			}
		}
	})
}

// However a day or a period is written, it is read as the one that was meant.
func TestMeaningIsKept(t *testing.T) {
	trial.Check(t, 500, func(t *rapid.T) {
		day, err := calendar.ParseDate("1950-01-01")
		if err != nil {
			t.Fatal(err)
		}
		day = day.Add(calendar.Period{Days: rapid.IntRange(0, 50_000).Draw(t, "day")})
		y, m, d := strings.Split(day.String(), "-")[0], strings.TrimLeft(strings.Split(day.String(), "-")[1], "0"), strings.TrimLeft(strings.Split(day.String(), "-")[2], "0")
		for _, text := range []string{y + "/" + m + "/" + d, y + "年" + m + "月" + d + "日", y + "." + m + "." + d, strings.ReplaceAll(day.String(), "-", ""), day.String()} {
			if got, _ := form.Date(text); got != day.String() {
				t.Fatalf("%s is %q", text, got)
			}
		}
		p := calendar.Period{Months: rapid.IntRange(0, 40).Draw(t, "months"), Days: rapid.IntRange(0, 400).Draw(t, "days"), Seconds: int64(rapid.IntRange(0, 86_399).Draw(t, "seconds"))}
		for _, text := range []string{p.Text().ZH, p.Text().EN, strings.ReplaceAll(p.Text().ZH, " ", "")} {
			right, ok := form.Period(text)
			got, err := calendar.ParsePeriod(right)
			if !ok || err != nil || got != p {
				t.Fatalf("%s is %q", text, right)
			}
		}
	})
}
