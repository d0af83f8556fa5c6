# cmake -DFOLDER=… -DFILES=a;b -DOUTPUT=web_files.cc -P embed.cmake: the files of the page as bytes.
set(arrays "")
set(rows "")
set(index 0)
foreach(file ${FILES})
  file(READ ${FOLDER}/${file} bytes HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${bytes}")
  string(APPEND arrays "constexpr char kFile${index}[] = {${bytes}};\n")
  string(APPEND rows "    {\"${file}\", {kFile${index}, sizeof kFile${index}}},\n")
  math(EXPR index "${index} + 1")
endforeach()
file(WRITE ${OUTPUT}
  "#include \"http/web_files.h\"\n\nnamespace dijia::http {\nnamespace {\n${arrays}"
  "constexpr WebFile kFiles[] = {\n${rows}};\n}  // namespace\n\n"
  "std::span<const WebFile> WebFiles() { return kFiles; }\n\n}  // namespace dijia::http\n")
