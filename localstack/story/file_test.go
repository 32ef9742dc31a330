package story_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/dangol/dangol/localstack/story"
)

const files = `
POST /echo < names FORM
=> 200
X-Was: %s
-- names --
이름
김
-- mark --
iVBORw==
`

// echo answers how the bytes that came are spelled.
func echo(w http.ResponseWriter, r *http.Request) {
	b, _ := io.ReadAll(r.Body)
	w.Header().Set("X-Was", spelled(b))
}

func spelled(b []byte) string {
	const digits = "0123456789abcdef"
	var s strings.Builder
	for _, c := range b {
		s.WriteByte(digits[c>>4])
		s.WriteByte(digits[c&15])
	}
	return s.String()
}

func TestFilesAreSentInTheFormTheStoryNames(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(echo))
	t.Cleanup(server.Close)
	for form, want := range map[string]string{
		"names":              "ec9db4eba6840aeab9800a",
		"names as utf-8-bom": "efbbbfec9db4eba6840aeab9800a",
		"names as cp949":     "c0ccb8a70ab1e80a",
		"names as utf-16le":  "fffe74c784b90a0040ae0a00",
		"names as utf-16be":  "feffc774b984000aae40000a",
		"names as 3 times":   "ec9db4eba6840aeab980eab980eab980",
		"mark as base64":     "89504e47",
	} {
		t.Run(form, func(t *testing.T) {
			text := strings.Replace(strings.Replace(files, "names FORM", form, 1), "%s", want, 1)
			s, err := story.Parse("files", []byte(text))
			if err != nil {
				t.Fatal(err)
			}
			if err := story.NewRunner(server.URL).Run(context.Background(), s); err != nil {
				t.Error(err)
			}
		})
	}
}
