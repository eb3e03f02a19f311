# All functions are resolved at the start: to resolve one at its first call, the
# dynamic linker saves the registers to the stack.
define recipe.trap/register-only
	$(link) -Wl,-z,now -o $@ $(stage)/*.c $(kit)
endef
