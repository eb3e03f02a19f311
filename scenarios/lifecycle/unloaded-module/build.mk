# The plug-in is a shared library that the program carries within it.
define recipe.lifecycle/unloaded-module
	$(compile) -fPIC -shared -Wl,-soname,plugin.so -o $(objects)/plugin.so $(stage)/plugin/plugin.c
	cd $(objects) && ld -r -b binary -z noexecstack -o image.o plugin.so
	$(link) -rdynamic -o $@ $(stage)/*.c $(objects)/image.o $(kit) -ldl
endef
