package logs_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/logs"
)

func TestLine(t *testing.T) {
	var b bytes.Buffer
	log := logs.New(&b, slog.LevelInfo)
	logs.Line{Message: "batch", Function: "importwork", Tenant: "wsp_1", Took: 1500 * time.Millisecond, Err: errors.New("read blob: gone"), Failed: true,
		More: []slog.Attr{slog.Int("messages", 3)}}.Write(context.Background(), log)
	var line map[string]any
	if err := json.Unmarshal(b.Bytes(), &line); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]any{"msg": "batch", "level": "ERROR", "function": "importwork", "tenant": "wsp_1", "ms": 1500.0, "messages": 3.0,
		"error": "read blob: gone"} {
		if line[name] != want {
			t.Errorf("%s: got %v, want %v", name, line[name], want)
		}
	}
	if at, _ := line["time"].(string); !strings.HasSuffix(at, "Z") {
		t.Errorf("time %q is not UTC", at)
	}
}

func TestQuietBelowItsLevel(t *testing.T) {
	var b bytes.Buffer
	logs.Line{Message: "request"}.Write(context.Background(), logs.New(&b, slog.LevelWarn))
	if b.Len() > 0 {
		t.Errorf("wrote %s", b.String())
	}
}

func TestCredentialsAreCutOut(t *testing.T) {
	for text, want := range map[string]string{
		"key dgl_live_abc123DEF is revoked":                      "key dgl_live_… is revoked",
		"key dgl_test_abc123":                                    "key dgl_test_…",
		"token eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ1c3IifQ.c2ln bad": "token eyJhbGc… bad",
		"header Authorization: Bearer abc.def":                   "header Authorization: Bearer …",
		`{"password":"hunter2","x":1}`:                           `{"password":"…","x":1}`,
		"password=hunter2 for a":                                 "password=… for a",
		"client secret: s3cr3t, next":                            "client secret: …, next",
		"a customer named 비밀":                                    "a customer named 비밀",
	} {
		if got := logs.Redact(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	var b bytes.Buffer
	logs.New(&b, slog.LevelInfo).Error("failed with dgl_live_abc123", "error", errors.New("dgl_live_abc123"), "text", "dgl_live_abc123")
	if strings.Contains(b.String(), "abc123") {
		t.Errorf("wrote %s", b.String())
	}
}

func BenchmarkLine(b *testing.B) {
	log := logs.New(discard{}, slog.LevelInfo)
	l := logs.Line{Message: "request", Function: "customers", Tenant: "wsp_01JD8Z4N6T0QF5W9E2R7Y1K3MA", More: []slog.Attr{
		slog.String("requestId", "req_01JD8Z4N6T0QF5W9E2R7Y1K3MA"), slog.String("route", "GET /v1/customers/{id}"), slog.Int("status", 200)}}
	b.ReportAllocs()
	for b.Loop() {
		l.Write(context.Background(), log)
	}
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }
