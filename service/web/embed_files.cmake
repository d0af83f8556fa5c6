# cmake -DFOLDER=… -DFILES=a;b -DFUNCTION=ExampleFiles -DOUTPUT=….cc -P embed_files.cmake
include(${CMAKE_CURRENT_LIST_DIR}/embed.cmake)
embed_files(${FUNCTION} ${OUTPUT} ${FOLDER} ${FILES})
