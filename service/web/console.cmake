# The web console as a part of the program, the library dijia_console.
option(DIJIA_CONSOLE "Build the web console, where Node.js and npm are found" ON)
set(web_files ${CMAKE_CURRENT_BINARY_DIR}/web_files.cc)
set(web ${CMAKE_CURRENT_LIST_DIR})

find_program(DIJIA_NODE NAMES node nodejs)
find_program(DIJIA_NPM npm)
set(node_version 0)
if(DIJIA_NODE)
  execute_process(COMMAND ${DIJIA_NODE} --version OUTPUT_VARIABLE node_version OUTPUT_STRIP_TRAILING_WHITESPACE)
  string(REPLACE "v" "" node_version "${node_version}")
endif()

if(DIJIA_CONSOLE AND DIJIA_NPM AND node_version VERSION_GREATER_EQUAL 18)
  set_property(GLOBAL PROPERTY DIJIA_CONSOLE_FOLDER ${CMAKE_CURRENT_BINARY_DIR}/web)  # for tests
  # The list is long and belongs to another compiler, hence no list by hand.
  file(GLOB_RECURSE web_sources CONFIGURE_DEPENDS ${web}/src/*)
  add_custom_command(OUTPUT ${web_files} ${CMAKE_CURRENT_BINARY_DIR}/web/done
    COMMAND ${CMAKE_COMMAND} -DSOURCE=${web} -DWORK=${CMAKE_CURRENT_BINARY_DIR}/web
      -DNODE=${DIJIA_NODE} -DNPM=${DIJIA_NPM} -DOUTPUT=${web_files}
      -DDONE=${CMAKE_CURRENT_BINARY_DIR}/web/done -P ${web}/build.cmake
    DEPENDS ${web_sources} ${web}/absent.html ${web}/build.cmake ${web}/embed.cmake ${web}/index.html
      ${web}/licenses.ts ${web}/package.json ${web}/package-lock.json ${web}/tsconfig.json
      ${web}/vite.config.ts
    COMMENT "Building the web console"
    VERBATIM)
else()
  message(STATUS "No Node.js 18 with npm, or DIJIA_CONSOLE is off: the program has no web console")
  configure_file(${web}/absent.html ${CMAKE_CURRENT_BINARY_DIR}/absent/index.html COPYONLY)
  dijia_embed(WebFiles ${web_files} ${CMAKE_CURRENT_BINARY_DIR}/absent index.html)
endif()
# It needs no other library of ours, and so is built while they are.
add_library(dijia_console STATIC ${web_files})
target_include_directories(dijia_console PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
target_link_libraries(dijia_console PRIVATE dijia_flags)
# Clang warns of texts longer than the C++ standard asks compilers for.
target_compile_options(dijia_console PRIVATE -Wno-overlength-strings)
