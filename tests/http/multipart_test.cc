// Bodies of several parts, well-formed and not.
#include "http/multipart.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "dijia/base/codes.h"

namespace dijia::http {
namespace {

// The parts of a body as `name[=file]:content`, fed in pieces of a size; a refusal as its code.
std::string PartsOf(const std::string& body, std::size_t piece, const std::string& boundary = "B") {
  std::string parts;
  MultipartReader reader(boundary,
                         {[&](const Part& part) {
                            parts += part.name;
                            if (part.file_name) parts += "=" + *part.file_name;
                            parts += ":";
                          },
                          [&](std::string_view bytes) { parts += bytes; }, [&] { parts += "|"; }});
  try {
    for (std::size_t at = 0; at < body.size(); at += piece) reader.Feed(body.substr(at, piece));
    reader.End();
  } catch (const Refused& refused) {
    EXPECT_EQ(refused.problem().status, 400);
    return CodeId(refused.problem().reason.code);
  }
  return parts;
}

std::string Field(const std::string& name, const std::string& content) {
  return "--B\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + content + "\r\n";
}

constexpr const char* kBad = "DJ-6081";

TEST(Multipart, IsTheSameInPiecesOfAnySize) {
  const std::string body =
      Field("a", "1\r\n--C\r\n\r\n--") + Field("b", "") +
      "--B\r\ncontent-disposition:form-data;  name=f; filename=\"样点 \\\"1\\\".csv\"\r\n"
      "Content-Type: text/csv\r\n\r\n\r\n--\r\n-B\r\n--B--\r\n";
  const std::string parts = "a:1\r\n--C\r\n\r\n--|b:|f=样点 \"1\".csv:\r\n--\r\n-B|";
  for (const int size : {1, 2, 3, 5, 7, 1000}) {
    const auto piece = static_cast<std::size_t>(size);
    EXPECT_EQ(PartsOf(body, piece), parts);
  }
}

TEST(Multipart, NamesAreReadAsBrowsersAndCurlWriteThem) {
  const auto name = [](const std::string& disposition) {
    const Part part = ReadPartHead("Content-Disposition: form-data; " + disposition);
    return part.name + "|" + part.file_name.value_or("-");
  };
  EXPECT_EQ(name("name=\"a%22b%0D%0A\"; filename=\"100%.csv\""), "a\"b\r\n|100%.csv");
  EXPECT_EQ(name("name=\"a\"; filename=\"C:\\\\x\\\\y.csv\""), "a|C:\\x\\y.csv");
  EXPECT_EQ(name("name=\"a\"; filename=\"\""), "a|");
  EXPECT_EQ(name("filename=x; name=y"), "y|x");
}

TEST(Multipart, WhatIsMalformedIsRefused) {
  const std::string end = "--B--\r\n";
  for (const std::string& body :
       {std::string(),
        std::string("--B"),
        std::string("--B\r\n"),
        "x" + Field("a", "1") + end,
        "\r\n" + Field("a", "1") + end,
        Field("a", "1"),
        Field("a", "1") + "--B-",
        Field("a", "1") + "--Bx\r\n",
        Field("a", "1") + end + "x",
        Field("a", "1") + end + "\r\n",
        std::string("--B\r\n\r\n1\r\n--B--"),
        Field("", "1") + end,
        std::string("--B\r\nContent-Type: a\r\n\r\n1\r\n--B--"),
        std::string("--B\r\nContent-Disposition: attachment; name=a\r\n\r\n1\r\n--B--"),
        std::string("--B\r\nContent-Disposition: form-data; name=a; name=b\r\n\r\n1\r\n--B--"),
        std::string("--B\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n--B--"),
        std::string("--B\r\nContent-Disposition: form-data; name=a; filename*=x\r\n\r\n\r\n--B--"),
        std::string("--B\r\nContent-Disposition: form-data; name=a x\r\n\r\n\r\n--B--"),
        std::string("--B\r\nContent-Disposition: form-data; name=a\nX: y\r\n\r\n1\r\n--B--"),
        std::string("--B\r\n Content-Disposition: form-data; name=a\r\n\r\n1\r\n--B--"),
        std::string("--B\r\nContent-Disposition: form-data; name=a\r\n"
                    "Content-Disposition: form-data; name=b\r\n\r\n1\r\n--B--"),
        std::string("--B\r\nContent-Disposition: form-data; name=a\r\n"
                    "Content-Transfer-Encoding: base64\r\n\r\nMQ==\r\n--B--")}) {
    EXPECT_EQ(PartsOf(body, 4), kBad) << body;
  }
  EXPECT_EQ(PartsOf(Field("a", "1") + "--B--", 4), "a:1|") << "without the last line end";
}

TEST(Multipart, HeadsAndPartsAreBounded) {
  const std::string long_name(MultipartReader::kHeadBytes, 'a');
  EXPECT_EQ(PartsOf(Field(long_name, "1") + "--B--", 100), kBad);
  EXPECT_EQ(PartsOf("--B\r\n" + std::string(100'000, 'a'), 1000), kBad) << "before its end";
  std::string many;
  for (std::size_t i = 0; i < MultipartReader::kMostParts; ++i) many += Field("a", "");
  EXPECT_NE(PartsOf(many + "--B--", 1000), kBad);
  EXPECT_EQ(PartsOf(many + Field("a", "") + "--B--", 1000), kBad);
}

TEST(Multipart, BoundariesAreThoseOfRfc2046) {
  EXPECT_EQ(BoundaryOf("multipart/form-data; boundary=----WebKit123"), "----WebKit123");
  EXPECT_EQ(BoundaryOf("multipart/form-data; charset=utf-8; Boundary=\"a b'()+_,-./:=?c\""),
            "a b'()+_,-./:=?c");
  for (const std::string& type :
       {std::string("multipart/form-data"), std::string("multipart/form-data; boundary="),
        std::string("multipart/form-data; boundary=\"\""),
        std::string("multipart/form-data; boundary=\"a \""),
        std::string("multipart/form-data; boundary=\"a\r\n\""),
        std::string("multipart/form-data; boundary=a; boundary=b"),
        "multipart/form-data; boundary=" + std::string(71, 'a')}) {
    EXPECT_THROW(BoundaryOf(type), Refused) << type;
  }
}

}  // namespace
}  // namespace dijia::http
