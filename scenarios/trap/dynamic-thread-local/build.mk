# The plug-in is a shared library that the program carries within it.
define recipe.trap/dynamic-thread-local
	$(compile) -fPIC -shared -Wl,-soname,plugin.so -o $(objects)/plugin.so $(stage)/plugin/collatz.c
	cd $(objects) && ld -r -b binary -z noexecstack -o image.o plugin.so
	$(link) -rdynamic -o $@ $(stage)/*.c $(objects)/image.o $(kit) -ldl
endef
