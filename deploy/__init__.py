"""Installing and running Yingbao; what is needed for it beside the program itself."""
