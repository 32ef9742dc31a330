package largelakes_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/blob/dir"
	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/cloud"
	"github.com/dangol/dangol/shared/cloud/largelakes"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/ask"
	"github.com/dangol/dangol/shared/lake/sqltext"
)

// small is an engine that notes whom it was asked about.
type small struct{ asked *[]string }

func (s small) Of(tenant string, _ blob.Blob) (ask.Lake, error) { return smallLake{s, tenant}, nil }

type smallLake struct {
	small
	tenant string
}

func (s smallLake) Query(context.Context, sqltext.Statement, func([]any) error) error {
	*s.asked = append(*s.asked, s.tenant)
	return nil
}
func (s smallLake) Columns(context.Context, string) ([]ask.Column, error) { return nil, nil }
func (s smallLake) Overlay(context.Context, []byte) error                 { return nil }

func TestOnlyLakesThatNoFunctionLoadsGoToAthena(t *testing.T) {
	objects, err := dir.New(t.TempDir(), func() string { return "" }, []byte("0123456789abcdef"), clock.System{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = objects.Close() })
	for tenant, bytes := range map[string]int64{"wsp_small": 1 << 30, "wsp_large": 3 << 30} {
		m := lake.Manifest{Version: 1, Subjects: map[string][]lake.Part{"orders": {{Key: "t/" + tenant + "/lake/orders/1.parquet", Bytes: bytes}}}}
		if err := lake.Swap(t.Context(), objects, tenant, "", m); err != nil {
			t.Fatal(err)
		}
	}
	var asked []string
	variables := map[string]string{"DANGOL_BUCKET": "b", "DANGOL_ATHENA_DATABASE": "d", "DANGOL_ATHENA_WORKGROUP": "w"}
	g := &cloud.Ground{Settings: func(name string) string { return variables[name] }, Env: &env.Env{Clock: clock.System{}, Lakes: small{&asked}}}
	if err := largelakes.Open(g); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	for _, tenant := range []string{"wsp_small", "wsp_large"} {
		l, err := g.Env.Lakes.Of(tenant, objects)
		if err != nil {
			t.Fatal(err)
		}
		if tenant == "wsp_large" {
			cancel() // Athena itself is not to be called here
		}
		err = l.Query(ctx, sqltext.Statement{SQL: "SELECT id FROM orders"}, nil)
		if (err != nil) != (tenant == "wsp_large") {
			t.Errorf("%s: %v", tenant, err)
		}
	}
	if !slices.Equal(asked, []string{"wsp_small"}) {
		t.Errorf("the function's own engine was asked of %v", asked)
	}
	delete(variables, "DANGOL_ATHENA_WORKGROUP")
	if err := largelakes.Open(g); err == nil || !strings.Contains(err.Error(), "DANGOL_ATHENA_WORKGROUP") {
		t.Errorf("without a work group: %v", err)
	}
}
