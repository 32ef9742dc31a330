package api

import "context"

// List is the document of every list: a page of records, and the cursor of the next page.
type List[T any] struct {
	Data       []T    `json:"data" nullable:"false"`
	NextCursor string `json:"nextCursor,omitempty" doc:"Pass it as cursor to read on; absent on the last page."`
}

// Page is the output of a list operation; make it with NewPage, so that its data is never null.
type Page[T any] struct {
	Body List[T]
}

// NewPage returns the output of a list; next is empty on the last page.
func NewPage[T any](data []T, next string) *Page[T] {
	if data == nil {
		data = []T{}
	}
	return &Page[T]{Body: List[T]{Data: data, NextCursor: next}}
}

// CountedList is a page of a list that knows how many records it has in all.
type CountedList[T any] struct {
	Data       []T    `json:"data" nullable:"false"`
	NextCursor string `json:"nextCursor,omitempty" doc:"Pass it as cursor to read on; absent on the last page."`
	Total      *int64 `json:"total,omitempty" doc:"How many records there are on all pages, exactly."`
}

// Counted is the output of a list operation that counts; make it with NewCounted.
type Counted[T any] struct {
	Body CountedList[T]
}

// NewCounted returns the output of a list with its total, nil when that is not known.
func NewCounted[T any](data []T, next string, total *int64) *Counted[T] {
	if data == nil {
		data = []T{}
	}
	return &Counted[T]{Body: CountedList[T]{Data: data, NextCursor: next, Total: total}}
}

// PageInput is embedded by the input of a list operation.
type PageInput struct {
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200" doc:"How many records at most."`
	Cursor string `query:"cursor" maxLength:"4096" doc:"The nextCursor of the page before, with the same filter and sort."`
}

// NextCursor seals the place behind which a store's next page starts. "" is the end of the list and stays "": a last page has no cursor.
func NextCursor(ctx context.Context, after string, query ...string) string {
	if after == "" {
		return ""
	}
	return SealCursor(ctx, after, query...)
}
