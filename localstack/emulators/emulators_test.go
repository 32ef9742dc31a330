package emulators

import (
	"os"
	"slices"
	"strings"
	"testing"
)

func TestChoose(t *testing.T) {
	for _, c := range []struct {
		names string
		want  string
		fails string
	}{
		{names: "localstack", want: "localstack"},
		{names: "ministack, localstack", want: "localstack ministack"},
		{names: "dynamodb,dynamodb", want: "dynamodb"},
		{names: "", fails: `no emulator ""; there are localstack, dynamodb, ministack`},
		{names: "localstack,moto", fails: `no emulator "moto"`},
	} {
		t.Run(c.names, func(t *testing.T) {
			chosen, err := Choose(c.names)
			var got []string
			for _, e := range chosen {
				got = append(got, e.Name)
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("got %v, want %s", got, c.want)
			}
			if c.fails == "" {
				wantError(t, err)
			} else {
				wantError(t, err, c.fails)
			}
		})
	}
}

func TestACommandFindsEachEmulator(t *testing.T) {
	for _, c := range []struct {
		use  string
		want []string // the variables with addresses
	}{
		{"localstack", []string{"DANGOL_LOCALSTACK_URL=http://127.0.0.1:1", "AWS_ENDPOINT_URL=http://127.0.0.1:1"}},
		{"localstack,ministack", []string{"DANGOL_LOCALSTACK_URL=http://127.0.0.1:1", "AWS_ENDPOINT_URL=http://127.0.0.1:1", "DANGOL_MINISTACK_URL=http://127.0.0.1:2"}},
		{"dynamodb", []string{"DANGOL_DYNAMODB_URL=http://127.0.0.1:1", "AWS_ENDPOINT_URL=http://127.0.0.1:1"}},
		{"localstack,dynamodb", []string{"DANGOL_LOCALSTACK_URL=http://127.0.0.1:1", "AWS_ENDPOINT_URL=http://127.0.0.1:1", "DANGOL_DYNAMODB_URL=http://127.0.0.1:2"}},
		{"ministack", []string{"DANGOL_MINISTACK_URL=http://127.0.0.1:1"}}, // not for the engines' suites
	} {
		t.Run(c.use, func(t *testing.T) {
			use, err := Choose(c.use)
			wantError(t, err)
			got := exports(use, []Place{{Port: 1}, {Port: 2}, {Port: 3}})
			got = slices.DeleteFunc(got, func(v string) bool { return !strings.Contains(v, "_URL=") })
			if !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestNothingLeadsToARealAccount(t *testing.T) {
	got := withoutAWS([]string{"PATH=/bin", "AWS_PROFILE=work", "AWS_SESSION_TOKEN=x", "AWS_ENDPOINT_URL_S3=https://s3", "DANGOL_AWS_ACCOUNT=yes", "DANGOL_LONG=1"})
	if want := []string{"PATH=/bin", "DANGOL_LONG=1"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// A version stands in a pins file, in the part and in the document; this holds them together.
func TestVersionsAgree(t *testing.T) {
	document, err := os.ReadFile("../../docs/emulators.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		part Part
		pin  string // with the version in place of V
	}{
		{localstackPart, "localstack-core[runtime]==V\n"},
		{ministackPart, "ministack==V\n"},
		{dynamodbPart, "<version>V</version>"},
	} {
		if pin := strings.ReplaceAll(c.pin, "V", c.part.Version); !strings.Contains(c.part.Pins, pin) {
			t.Errorf("the pins of %s have no %q", c.part.Name, pin)
		}
		if !strings.Contains(string(document), c.part.Version) {
			t.Errorf("docs/emulators.md does not name %s %s", c.part.Name, c.part.Version)
		}
	}
}

func TestEveryPythonPackageIsPinned(t *testing.T) {
	for _, line := range strings.Split(strings.TrimSpace(localstackPins+ministackPins), "\n") {
		if !strings.HasPrefix(line, "#") && strings.Count(line, "==") != 1 {
			t.Errorf("%q has no exact version", line)
		}
	}
}
