# cmake -DSOURCE=… -DWORK=… -DNODE=… -DNPM=… -DOUTPUT=web_files.cc -DDONE=… -P build.cmake: the console, built in a folder
# of its own, so that several builds of one source tree do not meet, and embedded.
include(${CMAKE_CURRENT_LIST_DIR}/embed.cmake)
file(REMOVE ${DONE})
file(REMOVE_RECURSE ${WORK}/src ${WORK}/dist)
file(COPY ${SOURCE}/src ${SOURCE}/index.html ${SOURCE}/licenses.ts ${SOURCE}/package.json ${SOURCE}/package-lock.json
  ${SOURCE}/tsconfig.json ${SOURCE}/vite.config.ts DESTINATION ${WORK})

# Packages are installed again when the lock is another.
file(SHA256 ${SOURCE}/package-lock.json lock)
set(installed "")
if(EXISTS ${WORK}/node_modules/.lock)
  file(READ ${WORK}/node_modules/.lock installed)
endif()
if(NOT installed STREQUAL lock)
  execute_process(COMMAND ${NPM} ci --ignore-scripts --prefer-offline --no-audit --no-fund --fetch-retries=1 --fetch-timeout=60000
    WORKING_DIRECTORY ${WORK} RESULT_VARIABLE failed OUTPUT_QUIET ERROR_VARIABLE why)
  if(failed)
    # No network is no reason to have no program. Without DONE the next build tries again.
    message(WARNING "The web console is left out, its packages could not be had:\n${why}")
    file(MAKE_DIRECTORY ${WORK}/dist)
    file(COPY_FILE ${SOURCE}/absent.html ${WORK}/dist/index.html)
    embed_files(WebFiles ${OUTPUT} ${WORK}/dist index.html)
    return()
  endif()
  file(WRITE ${WORK}/node_modules/.lock ${lock})
endif()

execute_process(COMMAND ${NODE} node_modules/vite/bin/vite.js build --logLevel warn
  WORKING_DIRECTORY ${WORK} RESULT_VARIABLE failed)
if(failed)
  message(FATAL_ERROR "The web console does not build.")
endif()
file(GLOB files RELATIVE ${WORK}/dist LIST_DIRECTORIES false ${WORK}/dist/* ${WORK}/dist/assets/*)
embed_files(WebFiles ${OUTPUT} ${WORK}/dist ${files})
file(TOUCH ${DONE})
