//go:build !leaky

package main

func (r *room) leave(member string) {
	r.lock.Lock()
	delete(r.members, member)
	last := len(r.members) == 0
	r.lock.Unlock() // FIX: give the lock back before a method is called that takes it
	if last {
		r.close()
	}
}
