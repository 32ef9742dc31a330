package imports

// WithMaxFile returns the feature with another bound for files: no test uploads gigabytes.
func (f *Feature) WithMaxFile(bytes int64) *Feature {
	f.maxFile = bytes
	return f
}
