package csvsafe_test

import (
	"bytes"
	"encoding/csv"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/dangol/dangol/shared/crm/csvsafe"
)

func TestGuard(t *testing.T) {
	for value, want := range map[string]string{
		"":                     "",
		"김단골":                  "김단골",
		"=1+1":                 "'=1+1",
		"=HYPERLINK(\"x\")":    "'=HYPERLINK(\"x\")",
		"+cmd|' /C calc'!A0":   "'+cmd|' /C calc'!A0",
		"-2+3":                 "'-2+3",
		"@SUM(A1)":             "'@SUM(A1)",
		"\t=1":                 "'\t=1",
		"\r=1":                 "'\r=1",
		"＝1+1":                 "'＝1+1",
		"-12.5":                "-12.5",
		"+821012345678":        "+821012345678",
		"a=1":                  "a=1",
		"it's":                 "it's",
		"'quoted'":             "'quoted'",
		"'=was guarded before": "''=was guarded before",
		"-":                    "'-",
	} {
		if got := csvsafe.Guard(value); got != want {
			t.Errorf("Guard(%q) = %q, want %q", value, got, want)
		}
	}
}

func TestGuardAlwaysComesOffAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.OneOf(rapid.String(), rapid.StringMatching(`'{0,3}[=+\-@\t\r]?'{0,2}[0-9a=]{0,3}`)).Draw(t, "value")
		if got := csvsafe.Unguard(csvsafe.Guard(value)); got != value {
			t.Errorf("%q comes back as %q", value, got)
		}
	})
}

func TestWriter(t *testing.T) {
	rows := [][]string{{"이름", "메모"}, {"김단골", "a,b \"c\"\r\nd"}, {"=1+1", " blank "}, {"-5", ""}}
	var b bytes.Buffer
	w := csvsafe.NewWriter(&b, true)
	for _, r := range rows {
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	want := "\uFEFF이름,메모\r\n김단골,\"a,b \"\"c\"\"\r\nd\"\r\n'=1+1,\" blank \"\r\n-5,\r\n"
	if got := b.String(); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	read, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(b.String(), csvsafe.BOM))).ReadAll()
	rows[1][1], rows[2][0] = "a,b \"c\"\nd", "'=1+1" // encoding/csv turns CRLF into LF
	if err != nil || !reflect.DeepEqual(read, rows) {
		t.Errorf("a standard reader gets %q, %v; want %q", read, err, rows)
	}
}

func TestAnEmptyCellAloneIsARow(t *testing.T) {
	var b bytes.Buffer
	w := csvsafe.NewWriter(&b, false)
	_ = w.Write([]string{""})
	if err := w.Flush(); err != nil || b.String() != "\"\"\r\n" {
		t.Errorf("got %q, %v", b.String(), err)
	}
}
