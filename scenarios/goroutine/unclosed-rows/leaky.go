//go:build leaky

package main

// borrower returns the first reader who has a copy, or 0.
func borrower(book int64) (int64, error) {
	rows, err := loans(book)
	if err != nil {
		return 0, err
	}
	if !rows.Next() {
		finish(rows)
		return 0, rows.Err()
	}
	var reader int64
	err = rows.Scan(&reader)
	return reader, err // LEAK: there may be more rows, and nobody has closed them
}
