package main

import "testing"

func TestRecognise(t *testing.T) {
	for text, want := range map[string]string{
		"Apache License\n   Version 2.0, January 2004":                                     "Apache-2.0",
		"MIT License\nPermission is hereby granted, free\nof charge, to any person":        "MIT",
		"Redistribution and use in source and binary forms ... Neither the name of Google": "BSD-3-Clause",
		"Redistribution and use in source and binary forms, with or without":               "BSD-2-Clause",
		"Mozilla Public License, version 2.0":                                              "MPL-2.0",
		"GNU AFFERO GENERAL PUBLIC LICENSE Version 3; see also the Apache License":         "AGPL",
		"All rights reserved.": "",
	} {
		if got := recognise(text); got != want {
			t.Errorf("%.40q: got %q, want %q", text, got, want)
		}
	}
}

func TestWhatIsNotAcceptedIsNamed(t *testing.T) {
	got := unaccepted([]part{{"good", "v1", "MIT"}, {"bad", "v2", "AGPL"}, {"unknown", "v3", ""}})
	if len(got) != 2 || got[0] != "  bad v2: AGPL" || got[1] != "  unknown v3: no licence found" {
		t.Errorf("got %q", got)
	}
}

func TestExpressions(t *testing.T) {
	for licence, want := range map[string]bool{
		"(MIT OR GPL-3.0)":             true,
		"MIT AND ISC AND BSD-3-Clause": true,
		"MIT AND GPL-3.0":              false,
		"SEE LICENSE IN file":          false,
		"":                             false,
	} {
		if got := acceptable(licence); got != want {
			t.Errorf("%q: got %v, want %v", licence, got, want)
		}
	}
}
