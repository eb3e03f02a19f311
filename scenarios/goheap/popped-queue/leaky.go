//go:build leaky

package main

// pop takes out the first document. The queue must not be empty.
func (q *queue) pop() *document {
	first := q.waiting[0]
	q.waiting = q.waiting[1:] // LEAK: the slice begins later now, its array does not
	return first
}
